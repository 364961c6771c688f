"""Makes the sample files beside it, the same bytes each time: `python resources/samples/make_samples.py`.

All numbers are made up (1380000xxxx). The member list has what real lists have: a title, odd spellings,
wrong, doubled and blank numbers, two numbers in a cell.
"""  # noqa: INP001 - a script, no package

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).parent
MADE = dt.datetime(2026, 5, 1)  # noqa: DTZ001 - a fixed date, so that the files do not change
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = ("伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "军", "秀英", "建国", "志强", "晓燕", "文博", "雨桐")
LEVELS = ("普通", "银卡", "金卡", "钻石")
SPELLINGS = (
    "{0} {1} {2}",
    "{0}-{1}-{2}",
    "+86 {0}{1}{2}",
    "86-{0}{1}{2}",
    "0086{0}{1}{2}",
    "{0}.{1}.{2}",
    " {0}{1}{2}\u00a0",
    "{0}{1}{2}（本人）",
    "'{0}{1}{2}",
)
WRONG = (
    "1380000123",
    "138000012345",
    "010-62345678",
    "400-800-8888",
    "1.38E+10",
    "138****0001",
    "无",
    "+852 9123 4567",
)


def main() -> None:
    """Make all files."""
    random = Random(20260501)  # noqa: S311 - sample data
    members(random)
    point_to_point(random)
    export_of_an_old_system(random)


def name(random: Random) -> str:
    """A made-up name."""
    return random.choice(FAMILY) + random.choice(GIVEN)


def numbers(random: Random, count: int) -> list[str]:
    """Different made-up numbers."""
    return [f"1380000{tail:04}" for tail in random.sample(range(10_000), count)]


def members(random: Random) -> None:
    """会员名单.xlsx: a title row, a header, 300 members."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "会员"
    sheet.append(["2026 年 5 月会员名单"])
    sheet.merge_cells("A1:D1")
    sheet["A1"].font = Font(size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(["姓名", "手机号", "会员等级", "到期日"])
    for i, mobile in enumerate(numbers(random, 300)):
        number: str | int | None = mobile if random.random() < 0.5 else int(mobile)
        if i % 37 == 5:
            number = WRONG[i // 37 % len(WRONG)]
        elif i % 10 == 3:
            number = random.choice(SPELLINGS).format(mobile[:3], mobile[3:7], mobile[7:])
        elif i % 41 == 7:
            number = str(sheet.cell(random.randrange(3, i + 2), 2).value)  # one that stands above, right or wrong
        elif i % 97 == 11:
            number = None
        elif i == 150:
            number = f"{mobile}/{numbers(random, 1)[0]}"
        expires = MADE.date() + dt.timedelta(days=random.randrange(1, 400))
        sheet.append([name(random), number, random.choice(LEVELS), expires])
        sheet.cell(i + 3, 4).number_format = "yyyy-mm-dd"
    for column, width in zip("ABCD", (12, 20, 12, 14), strict=True):
        sheet.column_dimensions[column].width = width
    save(book, "会员名单.xlsx")


def point_to_point(random: Random) -> None:
    """点对点.xlsx: a number and its own text a row."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["手机号", "内容"])
    for mobile in numbers(random, 40):
        person, amount = name(random), random.randrange(100, 99_900)
        sheet.append([mobile, f"{person}您好，您本月账单为 {amount / 100:.2f} 元，请于 5 月 20 日前缴纳。"])
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 60
    save(book, "点对点.xlsx")


def export_of_an_old_system(random: Random) -> None:
    """客户导出.csv: GB18030, as programs for Chinese Windows write it."""
    with (HERE / "客户导出.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["客户编号", "客户名称", "座机", "联系电话", "备注"])
        for i, mobile in enumerate(numbers(random, 60)):
            remark = random.choice(["", "老客户", "周末联系,勿早", "两行\n备注"])
            writer.writerow([f"{i + 1:05}", name(random), f"010-6234{i:04}", mobile, remark])


def save(book: Workbook, file: str) -> None:
    """Save without the time of day in it, so that the same data are the same bytes."""
    book.properties.creator = "SMS Desk"
    book.properties.created = book.properties.modified = MADE
    path = HERE / file
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (2026, 5, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
