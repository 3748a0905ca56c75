"""What can be done with forms: write a working draft, publish it as a version, retire the published one."""

from direktdraht.forms.actions.editing import begin_form, begin_from_version, do, keep_list, redo, settle, undo
from direktdraht.forms.actions.publishing import checked, gallery_keys, publish, publish_draft, read_gallery, retire

__all__ = [
    "begin_form",
    "begin_from_version",
    "checked",
    "do",
    "gallery_keys",
    "keep_list",
    "publish",
    "publish_draft",
    "read_gallery",
    "redo",
    "retire",
    "settle",
    "undo",
]
