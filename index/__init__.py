"""From a folder of articles to a library on disk that can be searched."""
