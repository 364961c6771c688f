"""Why a file cannot be read: the keys that the child process sends, and the sentences for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from smsdesk.domain.errors import SheetProblem
from smsdesk.domain.words import Words


class Key(StrEnum):
    """A reason why a file cannot be read."""

    MISSING = "missing"
    NO_FILE = "no_file"
    DENIED = "denied"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105 - a reason, no password
    DAMAGED = "damaged"
    OTHER_FILE = "other_file"
    WEB_PAGE = "web_page"
    OLD_EXCEL = "old_excel"
    BAD_SEPARATOR = "bad_separator"
    BAD_ENCODING = "bad_encoding"
    TOO_WIDE = "too_wide"
    LONG_LINE = "long_line"
    TOO_MANY_TABLES = "too_many_tables"
    UNSAFE = "unsafe"
    NO_SHEET = "no_sheet"
    BOMB = "bomb"
    MEMORY = "memory"
    TIME = "time"
    CRASH = "crash"


_WORDS: Final[dict[Key, Words]] = {
    Key.MISSING: Words("文件“{file}”不存在，请重新选择。", "There is no file “{file}”; choose it again."),
    Key.NO_FILE: Words("“{file}”不是文件，请选择表格文件。", "“{file}” is not a file; choose a spreadsheet."),
    Key.DENIED: Words(
        "没有权限读取“{file}”，请检查文件权限，或先关闭正在使用它的程序。",
        "“{file}” may not be read; check its permissions, or close the program that uses it.",
    ),
    Key.UNREADABLE: Words("读取“{file}”时出错：{detail}。", "“{file}” could not be read: {detail}."),
    Key.EMPTY: Words("“{file}”里没有任何内容。", "There is nothing in “{file}”."),
    Key.PASSWORD: Words(
        "“{file}”有密码保护，请在表格软件中取消密码后另存，再导入。",
        "“{file}” is protected by a password; save it without one in the spreadsheet program, then import it again.",
    ),
    Key.DAMAGED: Words(
        "“{file}”已损坏或不完整，请在表格软件中打开并另存后再导入，或重新获取文件。",
        "“{file}” is damaged or incomplete; open and save it in the spreadsheet program, or get it again.",
    ),
    Key.OTHER_FILE: Words(
        "“{file}”不是表格（内容是{detail}），请选择 Excel、CSV 或文本文件。",
        "“{file}” is no spreadsheet (it is {detail}); choose an Excel, CSV or text file.",
    ),
    Key.WEB_PAGE: Words(
        "“{file}”是网页，里面没有表格。请选择表格文件，或在网页中重新导出表格。",
        "“{file}” is a web page without a table in it; choose a spreadsheet, or export the table again.",
    ),
    Key.OLD_EXCEL: Words(
        "“{file}”是 Excel 95 或更早的格式，请用表格软件另存为 .xlsx 后再导入。",
        "“{file}” is of Excel 95 or older; save it as .xlsx in the spreadsheet program.",
    ),
    Key.BAD_SEPARATOR: Words(
        "分隔符必须是一个字符，且不能是引号或换行。",
        "A separator is one character, and neither a quotation mark nor a line break.",
    ),
    Key.BAD_ENCODING: Words(
        "“{file}”不能按编码“{detail}”读取，请选择其他编码。",
        "“{file}” cannot be read in the encoding “{detail}”; choose another encoding.",
    ),
    Key.TOO_WIDE: Words(
        "“{file}”第 {detail} 行超过 16,384 列，请检查分隔符；如果是一长串号码，请改为每行一个。",
        "Row {detail} of “{file}” has more than 16,384 columns; check the separator, or put one number on a line.",
    ),
    Key.LONG_LINE: Words(
        "“{file}”第 {detail} 行超过四百万个字符，请检查文件；如果是一长串号码，请改为每行一个。",
        "Line {detail} of “{file}” has more than four million characters; check the file, or put one number on a line.",
    ),
    Key.TOO_MANY_TABLES: Words(
        "“{file}”里有一千个以上的表格，请用表格软件打开，另存为 .xlsx 后再导入。",
        "“{file}” has more than a thousand tables; save it as .xlsx in the spreadsheet program, then import it.",
    ),
    Key.UNSAFE: Words(
        "“{file}”里有可能有害的定义（XML 实体），没有读取。请用表格软件打开，另存为 .xlsx 后再导入。",
        "“{file}” has definitions in it that may do harm (XML entities) and was not read; save it as .xlsx in the"
        " spreadsheet program, then import it.",
    ),
    Key.NO_SHEET: Words(
        "“{file}”里没有工作表“{sheet}”，现有：{detail}。", "“{file}” has no sheet “{sheet}”; it has: {detail}."
    ),
    Key.BOMB: Words(
        "“{file}”解压后大得异常，不像正常的表格，没有读取。请在表格软件中打开并另存后再导入，或重新获取文件。",
        "“{file}” unpacks to far more than a spreadsheet holds and was not read; open and save it in the spreadsheet "
        "program, or get it again.",
    ),
    Key.MEMORY: Words(
        "“{file}”太大，读取所需内存超过上限，请拆分成几个文件再导入。",
        "“{file}” is too large: reading it needs more memory than allowed; split it into several files.",
    ),
    Key.TIME: Words(
        "读取“{file}”用时过长，已停止。请在表格软件中打开并另存后再导入，或拆分文件。",
        "Reading “{file}” took too long and was stopped; save it again in the spreadsheet program, or split it.",
    ),
    Key.CRASH: Words(
        "“{file}”无法读取，文件可能已损坏。请在表格软件中打开并另存后再导入。",
        "“{file}” cannot be read and may be damaged; open and save it in the spreadsheet program, then try again.",
    ),
}

# What a file is that is no spreadsheet; sent as the detail of OTHER_FILE.
_FILES: Final[dict[str, Words]] = {
    "picture": Words("图片", "a picture"),
    "pdf": Words("PDF 文档", "a PDF document"),
    "word": Words("Word 文档", "a Word document"),
    "slides": Words("演示文稿", "a presentation"),
    "archive": Words("压缩包", "an archive"),
    "media": Words("音频或视频", "sound or video"),
    "program": Words("程序", "a program"),
    "database": Words("数据库文件", "a database"),
    "xml": Words("其他 XML 数据", "XML data of another kind"),
    "binary": Words("未知的二进制数据", "unknown binary data"),
}


class CannotRead(Exception):
    """Inside the child process: the file cannot be read."""

    def __init__(self, key: Key, detail: str = ""):
        super().__init__(key, detail)
        self.key = key
        self.detail = detail


def sheet_problem(key: Key, *, file: str, detail: str = "", sheet: str = "") -> SheetProblem:
    """The problem with its sentence; `file` is the file's name without its folder."""
    what: Words | str = _FILES.get(detail, detail) if key is Key.OTHER_FILE else detail
    return SheetProblem(_WORDS[key].fill(file=file, detail=what, sheet=sheet))
