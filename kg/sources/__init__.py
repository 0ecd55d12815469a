"""Where documents come from: files, folders, globs, standard input; text, HTML, records, web archives.

Reasons of drops (stage "sources"):

- empty: nothing but white space
- binary: an image, archive, office document, program
- too large: over 20 MB for a document, line or cell
- not found, permission, unreadable: the system does not hand the file over
- unknown type: a file named directly has an extension that is not read here
- no documents: a folder or glob holds nothing to read
- encoding: text in no known encoding
- no main text: a page without any
- no text: a record without any
- bad json, bad row: a record that is none
- truncated, damaged: a compressed or container file that breaks off or contradicts itself
"""

from kg.sources.columns import ColumnMapping
from kg.sources.decode import decode
from kg.sources.inputs import estimate_total
from kg.sources.metadata import SourceMetadata, read_metadata
from kg.sources.read import iter_raw

__all__ = ["ColumnMapping", "SourceMetadata", "decode", "estimate_total", "iter_raw", "read_metadata"]
