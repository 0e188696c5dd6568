"""What is said of a file before anybody runs it, in English and Chinese: why it cannot be read, how it was found."""

REASONS: dict[str, tuple[str, str]] = {
    # how it was read
    "encoded": ("The file is encoded in {encoding}.", "该文件的编码是 {encoding}。"),
    "passed-over": (
        "{graded} was graded; there is also {others}. What fills in most results counts, then the latest by attempt, "
        "date, “final” or number in the name; a copy is later than its original.",
        "评分的是 {graded}；另外还有 {others}。以填写结果最多的为准，一样多时取最后一份：先看提交次数，"
        "再看名称中的日期、“最终”和编号；副本算在原件之后。",
    ),
    "active-version": (
        "Version {version} counts: it is the active one in Submitty.",
        "以第 {version} 版为准：它是 Submitty 中的有效版本（active version）。",
    ),
    "unreadable.withdrawn": (
        "withdrawn: no version is the active one in Submitty",
        "已撤回：Submitty 中没有有效版本（active version）",
    ),
    "own-modules": ("The script was run with your own {modules}.", "脚本连同你自己的模块 {modules} 一起运行。"),
    "read-as-notebook": (
        "The file is not named like a notebook, but it is one; it was graded as a notebook.",
        "这个文件的名称不像笔记本，但内容是笔记本；已按笔记本评分。",
    ),
    "read-as-markdown": (
        "The file is text with blocks of code; the blocks of Python were graded as one script.",
        "这个文件是带代码块的文本；其中的 Python 代码块合在一起，按一个脚本评分。",
    ),
    "read-as-script": (
        "The file is named like a notebook, but it is a script; it was graded as a script.",
        "这个文件以笔记本命名，但内容是脚本；已按脚本评分。",
    ),
    "conflict": (
        "Line {line} begins an unfinished merge (<<<<<<<): keep one of the two versions and delete the marks.",
        "第 {line} 行开始有未完成的合并（<<<<<<<）：请保留其中一个版本，并删除这些标记。",
    ),
    "conflict-cell": (
        "Code cell {cell} holds an unfinished merge (<<<<<<<): keep one of the two versions and delete the marks.",
        "代码单元 {cell} 中有未完成的合并（<<<<<<<）：请保留其中一个版本，并删除这些标记。",
    ),
    # why it cannot be read
    "unreadable.system": ("{reason}", "无法读取（{reason}）"),
    "unreadable.not-opened": ("cannot be opened: {reason}", "无法打开（{reason}）"),
    "unreadable.not-a-file": ("not a file", "不是文件"),
    "unreadable.size": ("{size} bytes; the limit is {limit} bytes", "共 {size} 字节，超过了 {limit} 字节的上限"),
    "unreadable.empty": ("the file is empty", "文件是空的"),
    "unreadable.kind": ("not a script but {kind}", "不是脚本，而是{kind}"),
    "unreadable.null": ("not a text file: it contains null bytes", "不是文本文件：其中含有空字节"),
    "unreadable.encoding": (
        "not a text file: its encoding is not UTF-8, UTF-16, GB18030 or Windows-1252",
        "不是文本文件：编码不是 UTF-8、UTF-16、GB18030 或 Windows-1252",
    ),
    "unreadable.json": ("not a notebook: it is not valid JSON", "不是笔记本：不是合法的 JSON"),
    "unreadable.conflict": (
        "not a notebook that can be read: line {line} begins an unfinished merge (<<<<<<<)",
        "无法读取的笔记本：第 {line} 行开始有未完成的合并（<<<<<<<）",
    ),
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
    "kind.office": ("an old Office document", "旧版 Office 文档"),
    "kind.docx": ("a Word document (docx)", " Word 文档（docx）"),
    "kind.xlsx": ("an Excel workbook (xlsx)", " Excel 工作簿（xlsx）"),
    "kind.pptx": ("a PowerPoint presentation (pptx)", " PowerPoint 演示文稿（pptx）"),
    "kind.rtf": (
        "rich text (RTF) from a word processor; save it as plain text",
        "文字处理软件保存的富文本（RTF）；请另存为纯文本",
    ),
    "kind.html": ("a web page (HTML)", "网页（HTML）"),
    "kind.xml": ("an XML file", " XML 文件"),
    "kind.webarchive": ("a saved web page (webarchive)", "保存的网页（webarchive）"),
    "kind.shortcut": ("a link to a web page; hand in the file itself", "网页快捷方式；请提交文件本身"),
    "kind.lfs": (
        "a pointer of Git LFS; the file's own content was not downloaded",
        " Git LFS 指针；文件本身的内容没有下载",
    ),
    "kind.not-found": (
        "a server's error page, saved instead of the file; download it again",
        "服务器的错误页面，而不是要下载的文件；请重新下载",
    ),
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
    "unreadable.not-named": (
        "no file is named like {pattern}; there is {files}",
        "没有名称符合 {pattern} 的文件；有的是 {files}",
    ),
    "unreadable.many-named": ("{count} files are named after the exercise", "有 {count} 个文件以练习命名"),
    "unreadable.several-named": (
        "several files are named after the exercise: {files}",
        "有多个文件以练习命名：{files}",
    ),
    "unreadable.download": (
        "these are the hand-ins of several students, named as {platform} does; name this download on the command line",
        "这里是多名学生的提交（{platform} 的命名方式）；请在命令行中直接写出这份下载",
    ),
    "unclear-owner": (
        "Whose this is cannot be told from {name}; the receipts that were downloaded with it would tell.",
        "无法从 {name} 看出是谁提交的；一同下载的回执文件可以说明。",
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
