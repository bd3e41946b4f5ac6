"""What both apps stand on, and what joins them.

Importing this package puts a current SQLite in the place of the interpreter's own: releases up to 3.51.2 can
corrupt a database when two connections write and checkpoint at once, and Debian 12 ships 3.40.1.
"""

import sys

try:
    import pysqlite3
except (
    ModuleNotFoundError
):  # no wheel for this platform: cms.checks warns when the interpreter's SQLite is old
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
