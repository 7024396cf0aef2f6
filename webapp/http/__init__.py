"""The protocol: caching, compression, paging, security headers, serialising of pages."""
