"""Search term reports: how many passages and documents each of many queries has, alone and together, and what was searched."""
