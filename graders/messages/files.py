"""What is said of a file before anybody runs it, in English and Chinese: why it cannot be read, how it was found."""

REASONS: dict[str, tuple[str, str]] = {
    # how it was read
    "encoded": ("The file is encoded in {encoding}.", "该文件的编码是 {encoding}。"),
    "passed-over": ("{graded} was graded; there is also {others}.", "评分的是 {graded}；另外还有 {others}。"),
    # why it cannot be read
    "unreadable.system": ("{reason}", "无法读取（{reason}）"),
    "unreadable.not-opened": ("cannot be opened: {reason}", "无法打开（{reason}）"),
    "unreadable.not-a-file": ("not a file", "不是文件"),
    "unreadable.size": ("{size} bytes; the limit is {limit} bytes", "共 {size} 字节，超过了 {limit} 字节的上限"),
    "unreadable.empty": ("the file is empty", "文件是空的"),
    "unreadable.kind": ("not a script but {kind}", "不是脚本，而是{kind}"),
    "unreadable.null": ("not a text file: it contains null bytes", "不是文本文件：其中含有空字节"),
    "unreadable.encoding": (
        "not a text file: it is neither UTF-8 nor GB18030",
        "不是文本文件：既不是 UTF-8 也不是 GB18030 编码",
    ),
    "unreadable.json": ("not a notebook: it is not valid JSON", "不是笔记本：不是合法的 JSON"),
    "unreadable.cells": ("not a notebook: it has no cells", "不是笔记本：其中没有单元"),
    "unreadable.code-cells": ("the notebook has no code cells", "笔记本中没有代码单元"),
    "kind.png": ("a PNG image", " PNG 图片"),
    "kind.jpeg": ("a JPEG image", " JPEG 图片"),
    "kind.gif": ("a GIF image", " GIF 图片"),
    "kind.zip": ("a zip archive", " zip 压缩包"),
    "kind.gzip": ("a gzip archive", " gzip 压缩包"),
    "kind.rar": ("a rar archive", " rar 压缩包"),
    "kind.7z": ("a 7z archive", " 7z 压缩包"),
    "kind.pdf": ("a PDF document", " PDF 文档"),
    "kind.program": ("a program", "可执行程序"),
    "kind.utf-16": ("UTF-16 text; save it as UTF-8", " UTF-16 文本；请另存为 UTF-8"),
    "kind.office": ("an old Office document", "旧版 Office 文档"),
    # what there is instead
    "unreadable.folder": ("a folder, not a file", "是文件夹，不是文件"),
    "unreadable.empty-folder": ("empty folder", "空文件夹"),
    "unreadable.deep": ("more than {depth} folders deep", "文件夹超过 {depth} 层"),
    "unreadable.link": ("a link; links are not followed", "是链接；不会打开链接指向的文件"),
    "unreadable.pipe": ("a pipe, not a file", "是管道，不是文件"),
    "unreadable.device": ("a device or socket, not a file", "是设备或套接字，不是文件"),
    "unreadable.no-file": ("no file", "没有文件"),
    "unreadable.others": ("no .py or .ipynb file, only {files}", "没有 .py 或 .ipynb 文件，只有 {files}"),
    "unreadable.several": (
        "several files, none named after the exercise: {files}",
        "有多个文件，但没有一个以练习命名：{files}",
    ),
    "unreadable.many-named": ("{count} files are named after the exercise", "有 {count} 个文件以练习命名"),
    "unreadable.several-named": (
        "several files are named after the exercise: {files}",
        "有多个文件以练习命名：{files}",
    ),
    "listed-more": ("{named} and {count} more", "{named} 等（另有 {count} 个）"),
    # archives
    "unreadable.archives": (
        "no .py or .ipynb file, but several archives: {files}",
        "没有 .py 或 .ipynb 文件，却有多个压缩包：{files}",
    ),
    "unreadable.archive-empty": (
        "the archive is empty",
        "压缩包是空的",
    ),
    "unreadable.archive-others": (
        "the archive has no .py or .ipynb file, only {files}",
        "压缩包中没有 .py 或 .ipynb 文件，只有 {files}",
    ),
    "unreadable.member": ("{path}: {problem}", "压缩包中的 {path}：{problem}"),
    "unreadable.archive-many": ("the archive has more than {count} files", "压缩包中的文件超过 {count} 个"),
    "unreadable.not-zip": ("a zip archive that cannot be read", "zip 压缩包无法读取"),
    "unreadable.encrypted": ("encrypted in the archive", "在压缩包中已加密"),
    "unreadable.outside": (
        "its path leads out of the archive; such files are not read",
        "它的路径指向压缩包之外；不读取这样的文件",
    ),
    "unreadable.damaged": ("damaged in the archive", "在压缩包中已损坏"),
    "unreadable.method": (
        "compressed in a way that is not supported (zip method {method})",
        "压缩方式不受支持（zip 方法 {method}）",
    ),
    "unreadable.unpacked": (
        "more than {limit} bytes when unpacked, which is the limit",
        "解压后超过 {limit} 字节的上限",
    ),
    "unreadable.bomb": (
        "unpacks to more than {ratio} times its size, which only zip bombs do",
        "解压后超过原大小的 {ratio} 倍，只有 zip 炸弹才会这样",
    ),
}
