"""PostgreSQL: an embedded one that `./run` starts by itself, or your own by DATABASE_URL."""
