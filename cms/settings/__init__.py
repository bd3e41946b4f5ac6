"""Every setting, read from the environment once. `docs/settings.md` lists what can be set."""

from cms.settings.delivery import *
from cms.settings.framework import *
from cms.settings.keeping import *
from cms.settings.replies import *
from cms.settings.site import *
from cms.settings.work import *
