"""Who is told that something is live: hubs, search engines, desks, each of them once."""
