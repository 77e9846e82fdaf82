#!/usr/bin/env bash
# Makes a sample workspace, publishes its press releases and launches a sample crisis in it, on
# this machine only.
#   launch.sh FOLDER PATH/TO/sparetire
set -euo pipefail

folder=$1
sparetire=$2
texts=$(dirname "$0")

rm -rf "$folder"
"$sparetire" init "$folder" --yes \
    --name fr="Minéraux Boréal" --name en="Boreal Minerals" \
    --colour "#0b3d66" --accent "#f58220" --main-site "https://www.boreal.example" \
    --media-phone "+1 418 555-0142" --media-email "medias@boreal.example" \
    --public-phone "+1 800 555-0199"
# The newsroom that was there before: twelve releases, which a timer would have published.
cp "$texts"/releases/* "$folder/releases/"
python=$(dirname "$sparetire")/python
"$python" "$texts/paint.py" "$folder/releases/images"
"$python" "$texts/boilerplate.py" "$folder/sparetire.toml"
"$sparetire" --workspace "$folder" newsroom publish --yes

"$sparetire" --workspace "$folder" launch --yes \
    --keywords fr="déversement, carburant diesel, rivière aux Outardes" \
    --keywords en="spill, diesel fuel, Outardes River" \
    --title fr="Déversement de carburant diesel près de la rivière aux Outardes" \
    --title en="Diesel fuel spill near the Outardes River" \
    --content fr="$texts/fr.md" --content en="$texts/en.md"

echo
echo "To read it in a browser:  $sparetire --workspace $folder preview"
