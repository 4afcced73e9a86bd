"""From a folder of articles to a library on disk that can be searched.

Rooms, highest first: `library`, `passages`, `documents`; `models` stands beside the last two. The
module `digest` may be imported by all of them.
"""
