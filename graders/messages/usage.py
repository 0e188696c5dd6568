"""What is said of a command line, or of a table, that cannot be used, and what to do about it, in both languages."""

USAGE: dict[str, tuple[str, str]] = {
    "usage.see-help": ("{problem} (--help lists the options)", "{problem}（用 --help 查看全部选项）"),
    # what the parser itself finds
    "usage.argument-missing": ("argument {option}: expected one argument", "{option}：后面缺少一个值"),
    "usage.argument-int": ("argument {option}: invalid int value: {value}", "{option}：{value} 不是整数"),
    "usage.argument-float": ("argument {option}: invalid float value: {value}", "{option}：{value} 不是数"),
    "usage.argument-choice": (
        "argument {option}: invalid choice: {value} (choose from {choices})",
        "{option}：没有 {value} 这一项（可选：{choices}）",
    ),
    "usage.argument-both": (
        "argument {option}: not allowed with argument {other}",
        "{option} 不能与 {other} 同时使用",
    ),
    "usage.argument-ambiguous": (
        "ambiguous option: {option} could match {choices}",
        "{option} 有歧义，可能是 {choices}",
    ),
    "usage.argument-unknown": ("unrecognized arguments: {arguments}", "无法识别的参数：{arguments}"),
    "usage.argument-near": (
        "unrecognized arguments: {arguments}; did you mean {near}?",
        "无法识别的参数：{arguments}；是不是 {near}？",
    ),
    # options that contradict each other, or say nothing
    "usage.new-exercise": (
        "--new-exercise {name}: name one finished solution, a .py file",
        "--new-exercise {name}：请指明一份写好的答案（.py 文件）",
    ),
    "usage.no-submission": (
        "no submission; name a .py or .ipynb file, a folder or a .zip",
        "没有指明作业；请写出 .py 或 .ipynb 文件、文件夹或 .zip 的名称",
    ),
    "usage.empty-name": (
        "a submission's name is empty; name a .py or .ipynb file, a folder or a .zip",
        "作业的名称是空的；请写出 .py 或 .ipynb 文件、文件夹或 .zip 的名称",
    ),
    "usage.pass-mark": (
        "--pass-mark: found {found}, expected 0 to 100",
        "--pass-mark：应为 0 到 100，实际是 {found}",
    ),
    "usage.jobs": ("--jobs: found {found}, expected at least 1", "--jobs：至少为 1，实际是 {found}"),
    "usage.watch-one": (
        "--watch: works with one file only; name a .py or .ipynb file",
        "--watch：只能用于单个文件；请写出一个 .py 或 .ipynb 文件",
    ),
    # Options that cancel each other are refused; following one of them in silence would hide the other.
    "usage.watch-output": (
        "--watch: shows a table after each save; with -o - there is none",
        "--watch：每次保存后显示表格；用 -o - 时没有表格",
    ),
    "usage.one-exercise": (
        "-e: found {count} exercises; several at once work only where submissions are graded, without --watch",
        "-e：写了 {count} 个练习；只有批改作业且不用 --watch 时才能同时用多个",
    ),
    "usage.same-exercise": (
        "-e: several exercises are called {name}; each needs a name of its own",
        "-e：有多个练习叫 {name}；名称不能相同",
    ),
    # A bank's cases have one exercise's givens, and nobody else's.
    "usage.one-bank": (
        "--bank: belongs to one exercise; found {count}",
        "--bank：算例文件只属于一个练习，这里有 {count} 个练习",
    ),
    "usage.columns": (
        "--gradebook-column: found {found}, expected one for each of the {expected} exercises",
        "--gradebook-column：写了 {found} 个，应为 {expected} 个练习各写一个",
    ),
    "usage.class-only": (
        "{option}: works with several submissions only; name a folder, a .zip or several files",
        "{option}：只能用于多份作业；请写出文件夹、.zip 或多个文件",
    ),
    "usage.section-roster": (
        "--section {found}: a column works with --roster only; without one, write --section folder",
        "--section {found}：列名只能与 --roster 一起使用；没有名单时请写 --section folder",
    ),
    "usage.only-with": ("{option}: works with {other} only", "{option}：只能与 {other} 一起使用"),
    "usage.one-report-for-verify": (
        "--verify: found {count} submissions, expected the one the report is about",
        "--verify：写了 {count} 份作业，应当只写报告所说的那一份",
    ),
    "usage.one-folder": (
        "{option}: found {count} folders, expected one to write to",
        "{option}：写了 {count} 个文件夹，应当只写一个要写入的文件夹",
    ),
    "usage.formats-folder": (
        "-o {output}: {count} formats need a folder that exists; name one with -o",
        "-o {output}：{count} 种格式需要写到一个已有的文件夹；请用 -o 指明",
    ),
    "usage.exercises-folder": (
        "-o {output}: the reports of {count} exercises need a folder that exists; name one with -o",
        "-o {output}：{count} 个练习的报告需要写到一个已有的文件夹；请用 -o 指明",
    ),
    "usage.output-folder": (
        "-o -: several submissions need a folder; name one with -o",
        "-o -：多份作业需要写到文件夹；请用 -o 指明",
    ),
    # paths
    "usage.no-such-file": ("{path}: no such file", "{path}：没有这个文件"),
    "usage.missing": ("{path}: no such file; {hint}", "{path}：没有这个文件；{hint}"),
    "usage.near": ("did you mean {near}?", "是不是 {near}？"),
    "usage.name-one": (
        "name a .py or .ipynb file, a folder or a .zip",
        "请写出 .py 或 .ipynb 文件、文件夹或 .zip 的名称",
    ),
    "usage.unreadable": ("{path}: {reason}", "{path}：{reason}"),
    "usage.not-path": ("{path}: not a path", "{path}：不是路径"),
    "usage.not-zip": ("{path}: not a readable zip archive", "{path}：不是可以读取的 zip 压缩包"),
    "usage.no-submissions": (
        "{path}: no submission there; expected .py or .ipynb files, or a download with such files",
        "{path}：里面没有作业；应当有 .py 或 .ipynb 文件，或者装有这些文件的下载包",
    ),
    "usage.intake": (
        "--intake {intake}: not known; known are {known}",
        "--intake {intake}：不认识；可用的有 {known}",
    ),
    "usage.intake-nothing": (
        "{path}: nothing in it is named as {intake} does; leave out --intake, or name another",
        "{path}：里面没有 {intake} 那样的文件名；请去掉 --intake，或换一个",
    ),
    "usage.not-read": ("{path}: cannot be read: {reason}", "{path}：无法读取（{reason}）"),
    "usage.not-made": (
        "{path}: cannot be made: {reason}; name another folder with -o",
        "{path}：无法创建（{reason}）；请用 -o 指明别的文件夹",
    ),
    "usage.not-written": (
        "{path}: cannot be written: {reason}; name another place with -o",
        "{path}：无法写入（{reason}）；请用 -o 指明别的位置",
    ),
    "usage.folder-not-written": (
        "{path}: cannot be written: {reason}; name another folder with -o",
        "{path}：无法写入（{reason}）；请用 -o 指明别的文件夹",
    ),
    "usage.not-opened": (
        "{path}: cannot be opened: {reason}; name another folder with -o",
        "{path}：无法打开（{reason}）；请用 -o 指明别的文件夹",
    ),
    "usage.not-own": (
        "{path}: not written by a run of yours; name another folder with -o, or use --no-resume",
        "{path}：不是你自己运行时写的；请用 -o 指明别的文件夹，或者用 --no-resume",
    ),
    "usage.link": (
        "{path}: a link; links are not followed; name another folder with -o",
        "{path}：是链接；不会沿链接写入；请用 -o 指明别的文件夹",
    ),
    "usage.busy": (
        "{path}: another run is writing there; wait for its end, or name another folder with -o",
        "{path}：另一次运行正在写入；请等它结束，或用 -o 指明别的文件夹",
    ),
    "usage.other-terms": (
        "{path}: was graded with {terms}; name another folder with -o, use --regrade, which keeps the old grades, or "
        "replace what is there with --no-resume",
        "{path}：已有结果{terms}；请用 -o 指明别的文件夹，用 --regrade（保留旧成绩），或用 --no-resume 替换已有结果",
    ),
    "usage.two-terms": ("{first}, {then}", "{first}，{then}"),
    "usage.made-of-parts": (
        "{name}: made of several exercises; name one of its parts: {parts}",
        "{name} 由几个练习组成；请指明其中一个：{parts}",
    ),
    "usage.unknown-exercise": (
        "unknown exercise {name}; there are: {known}; your own: …/exercises/NAME",
        "没有练习 {name}；已有的是：{known}；自己的练习写 …/exercises/NAME",
    ),
    # verifying
    "usage.verify-exercise": (
        "unknown exercise {name}; if it is your own, name it with -e …/exercises/NAME",
        "没有练习 {name}；如果是自己的练习，请用 -e …/exercises/NAME 指明",
    ),
    "usage.verify-bank": (
        "{path}: its cases were not drawn from a seed; name the recorded ones with --bank",
        "{path}：其算例不是由种子产生的；请用 --bank 指明记录的算例",
    ),
    "usage.no-report": ("{path}: not a report: {reason}", "{path}：不是报告（{reason}）"),
    "usage.report-size": (
        "{path}: not a report: more than {limit} bytes",
        "{path}：不是报告：超过 {limit} 字节",
    ),
    "usage.report-older": (
        "{path}: a report of schema {schema}, written by an older version than {version}: verify it with that version, "
        "or grade the submission again",
        "{path}：这是旧版本写的报告（格式 {schema}，本版本为 {version}）：请用当时的版本核对，或重新批改这份作业",
    ),
    "usage.report-newer": (
        "{path}: a report of schema {schema}, written by a newer version than {version}: verify it with that version",
        "{path}：这是更新的版本写的报告（格式 {schema}，本版本为 {version}）：请用那个版本核对",
    ),
    # a cluster
    "usage.cluster-process": (
        "--isolation process: workers of a cluster grade in the kernel's sandbox only; leave it out",
        "--isolation process：集群的工作进程只在内核沙箱中批改；请去掉这个选项",
    ),
    "usage.cluster-dask": (
        "--cluster: needs Dask; install it with pip install 'exercise-grader[cluster]'",
        "--cluster：需要 Dask；请用 pip install 'exercise-grader[cluster]' 安装",
    ),
    "usage.cluster-silent": (
        "--cluster {address}: no Dask scheduler answers there; start one (`dask scheduler`) or name another",
        "--cluster {address}：那里没有 Dask 调度器应答；请启动一个（`dask scheduler`），或写出另一个",
    ),
    # an instructor's own sheets
    "usage.sheet-empty": ("{sheet}: the file is empty", "{sheet}：文件是空的"),
    "usage.sheet-quote": (
        "{sheet}: row {row} has a quotation mark that is not closed",
        "{sheet}：第 {row} 行的引号没有配对",
    ),
    "usage.sheet-office": (
        "{sheet}: a spreadsheet, not CSV; save it as CSV",
        "{sheet}：是电子表格，不是 CSV；请另存为 CSV",
    ),
    "usage.sheet-utf8": (
        "{sheet}: not UTF-8 text; save it as CSV in UTF-8",
        "{sheet}：不是 UTF-8 文本；请另存为 UTF-8 编码的 CSV",
    ),
    "usage.sheet-encoding": (
        "{sheet}: not UTF-8, GB18030 or Windows-1252 text; save it as CSV in UTF-8",
        "{sheet}：编码不是 UTF-8、GB18030 或 Windows-1252；请另存为 UTF-8 编码的 CSV",
    ),
    "usage.sheet-platform": (
        "gradebook: this is {platform}; can be filled: Canvas's exported gradebook and Moodle's offline grading "
        "worksheet",
        "成绩表：这是 {platform}；能填写的是 Canvas 导出的成绩表和 Moodle 的离线评分表",
    ),
    "usage.sheet-none": (
        "Moodle worksheet: not a grading worksheet: its first column is not `Participant <number>`; "
        "can be filled: Canvas's exported gradebook and Moodle's offline grading worksheet",
        "Moodle 评分表：不是评分表：第一列不是 `Participant <编号>`；"
        "能填写的是 Canvas 导出的成绩表和 Moodle 的离线评分表",
    ),
    "usage.canvas-columns": (
        "Canvas gradebook: not Canvas's export: it has no columns Student, ID and Section",
        "Canvas 成绩表：不是 Canvas 导出的：没有 Student、ID 和 Section 三列",
    ),
    "usage.canvas-points": (
        "Canvas gradebook: not Canvas's export: it has no row Points Possible",
        "Canvas 成绩表：不是 Canvas 导出的：没有 Points Possible 一行",
    ),
    "usage.canvas-read-only": (
        "Canvas gradebook: the column {column} is read only",
        "Canvas 成绩表：{column} 一列是只读的",
    ),
    "usage.canvas-choose": (
        "Canvas gradebook: choose the assignment with --gradebook-column TITLE; there are: {columns}",
        "Canvas 成绩表：请用 --gradebook-column TITLE 选择作业列；有：{columns}",
    ),
    "usage.canvas-several": (
        "Canvas gradebook: several columns are called {column}; there are: {columns}",
        "Canvas 成绩表：有多列叫 {column}；有：{columns}",
    ),
    "usage.canvas-nothing": (
        "Canvas gradebook: no column of grades is called {column}; there are: {columns}",
        "Canvas 成绩表：没有成绩列叫 {column}；有：{columns}",
    ),
    "usage.none": ("none", "没有"),
    "usage.moodle-scale": (
        "Moodle worksheet: the assignment is graded on a scale, not in points",
        "Moodle 评分表：这次作业按等级评分，不按分数",
    ),
    "usage.moodle-choose": (
        "Moodle worksheet: choose the column of grades with --gradebook-column TITLE; there are: {columns}",
        "Moodle 评分表：请用 --gradebook-column TITLE 选择成绩列；有：{columns}",
    ),
    "usage.not-several": (
        "{sheet}: it has one column of grades, and there are {count} exercises; grade each into a folder of its own",
        "{sheet}：只有一列成绩，而练习有 {count} 个；请把每个练习分别批改到各自的文件夹",
    ),
    "usage.same-column": (
        "gradebook: the column {column} would be filled twice; name one for each exercise with --gradebook-column",
        "成绩表：{column} 一列会被填写两次；请用 --gradebook-column 为每个练习各写一列",
    ),
    "usage.late": (
        "--late: found {found}, expected for example '10 %/day, 3 days, grace 1 h'",
        "--late：无法理解 {found}；写法例如 '10 %/day, 3 days, grace 1 h' 或 '10%/天，3天，宽限1小时'",
    ),
    "usage.deadline": (
        "deadlines: row {row}: found {found}, expected a time such as 2026-09-01 23:59",
        "截止时间表：第 {row} 行：无法理解 {found}；写法例如 2026-09-01 23:59",
    ),
    "usage.marks-columns": (
        "adjusted: it needs the columns student and adjusted, and may have why and exercise",
        "调整表：需要 student 和 adjusted 两列，还可以有 why 和 exercise",
    ),
    "usage.marks-number": (
        "adjusted: row {row}: found {found}, expected points",
        "调整表：第 {row} 行：{found} 不是分数",
    ),
    "usage.section": (
        "--section {found}: no such column in the roster; there are: {columns}; or write: --section folder",
        "--section {found}：名单中没有这一列；有：{columns}；也可以写 --section folder",
    ),
    "usage.roster": (
        "roster: it has no students; it needs a column of ids, with a header such as id or 学号",
        "名单：里面没有学生；需要一列学号，表头例如 id 或学号",
    ),
}
"""Whatever the caller named that cannot be used, and what to do about it."""
