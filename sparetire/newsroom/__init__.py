"""What leaves the site besides its pages: feeds and sitemaps."""
