"""What is said to an instructor about a class, a sheet or a report, in English and Chinese."""

INSTRUCTORS: dict[str, tuple[str, str]] = {
    # a page for the browser
    "page.solution": (
        "Note: the page has to hold the solution, compressed in judge.zip; whoever takes that file apart finds it.",
        "注意：网页必须包含参考答案，压缩在 judge.zip 里；拆开这个文件就能看到。",
    ),
    "handout.no-page": (
        "The page that grades in the browser is not part of it, as it has to hold the solution; --with-page adds it.",
        "其中没有在浏览器里评分的网页，因为网页必须包含参考答案；需要时请加上 --with-page。",
    ),
    "handout.no-action": (
        "Note: {workflow} does not know yet what to grade with. In the place of {action}, put the repository that "
        "holds the grader, or write the handout again with --action.",
        "注意：{workflow} 还不知道用什么来评分。请把 {action} 换成评分程序所在的仓库，或者用 --action 重新生成。",
    ),
    "handout.elsewhere": (
        "Note: students' graders do not know {name}: give them the page (--with-page), or exercises/{name} and "
        "reference/{name}.py for `-e ./exercises/{name}`. Both hold the solution.",
        "注意：学生的评分程序不认识 {name}：请发给他们网页（--with-page），或者 exercises/{name} 和 "
        "reference/{name}.py，用 `-e ./exercises/{name}` 评分。两者都含有参考答案。",
    ),
    "handout.unfinished": (
        "Note: {file} still says {mark}; finish README.md in the exercise's folder, then write the handout again.",
        "注意：{file} 里还有 {mark}；请先写完练习文件夹里的 README.md，再重新生成。",
    ),
    # an instructor's own sheet
    "sheet.kept": ("{who}: {what} in Canvas, left unchanged.", "{who}：在 Canvas 中{what}，未作改动。"),
    "sheet.ex": ("excused", "已免除"),
    "sheet.n/a": ("not assigned", "未分配"),
    "sheet.short": ("{who}: the row is too short, left unchanged.", "{who}：该行的列数不够，未作改动。"),
    "sheet.locked": (
        "{who}: the grade cannot be changed in Moodle, left unchanged.",
        "{who}：成绩在 Moodle 中不可更改，未作改动。",
    ),
    "sheet.two": ("{who}: two grades; the last one was written.", "{who}：有两个成绩，写入的是后一个。"),
    "sheet.by-name": ("{who}: found by name, not by id.", "{who}：是按姓名而不是按学号找到的。"),
    "sheet.not-there": (
        "{who}: not in the sheet, or not in one row only",
        "{who}：成绩表中没有此人，或无法确定是哪一行",
    ),
    "sheet.row": ("row {row}", "第 {row} 行"),
    "sheet.column-scaled": (
        "Points were scaled from {old} to the column's {new}.",
        "分数已从满分 {old} 换算为该列的满分 {new}。",
    ),
    "sheet.column-unscaled": (
        "The column does not say how many points are possible; points were not scaled.",
        "该列没有满分值；分数未换算。",
    ),
    "sheet.scaled": (
        "Points were scaled from {old} to the worksheet's {new}.",
        "分数已从满分 {old} 换算为评分表的满分 {new}。",
    ),
    "sheet.unscaled": (
        "The worksheet has no maximum grade; points were not scaled.",
        "评分表没有最高分一列；分数未换算。",
    ),
    "sheet.no-comments": (
        "No column for feedback comments was recognised in the worksheet; no comments were written.",
        "评分表中没有可识别的评语列；未写入评语。",
    ),
    "sheet.replaced": (
        "Grades that were already in the sheet and are replaced: {count}",
        "成绩表中原有成绩被替换：{count} 个",
    ),
    "sheet.replaced-one": ("{who}: {old} becomes {new}", "{who}：{old} 改为 {new}"),
    "sheet.unreadable": (
        "{who}: left as it was in the sheet, because the hand-in cannot be read: {reason}",
        "{who}：提交的文件无法读取，成绩表中未作改动（{reason}）",
    ),
    "sheet.saved-as": (
        "The filled sheet is {path}; column: {columns}",
        "填好的成绩表是 {path}；填写的列：{columns}",
    ),
    "roster.column": (
        "Roster: hand-ins found by the column {column}: {count} of {of}.",
        "名单：“{column}”一列与 {of} 份提交中的 {count} 份匹配。",
    ),
    "roster.names": (
        "Roster: hand-ins found by name: {count} of {of}.",
        "名单：{of} 份提交中有 {count} 份按姓名找到。",
    ),
    "roster.nobody": (
        "Roster: no hand-in matches anybody on it; is it that of this class?",
        "名单：没有一份提交与名单上的人匹配；这是本班的名单吗？",
    ),
    "class.done": (
        "Submissions: {count}; mean: {mean}; not graded: {not_graded}. See index.html and gradebook.csv in {folder}",
        "作业：{count} 份；平均：{mean}；未评分：{not_graded} 份。详见 {folder} 中的 index.html 和 gradebook.csv",
    ),
    "class.to-check": (
        "For a person to look at: {count}, listed with the reasons in to_check.csv",
        "需要人工查看的：{count} 份，名单和原因见 to_check.csv",
    ),
    "class.changed": (
        "Grades that changed: {count}, listed in changes.csv; the earlier results are in {folder}",
        "有变动的成绩：{count} 个，见 changes.csv；原来的结果保存在 {folder}",
    ),
    "changes.terms": ("the earlier run used {reasons}", "上次运行{reasons}"),
    "changes.late": ("another deadline, or another rule for lateness", "截止时间或迟交规则不同"),
    "changes.mark": ("a mark by hand: {why}", "人工给分：{why}"),
    "changes.mark-gone": ("there is no mark by hand any more", "人工给分已撤回"),
    "changes.new": ("was not there before", "之前没有"),
    "changes.gone": ("is not there any more", "现在没有了"),
    "changes.file": ("another file was handed in", "提交的文件不同了"),
    "to-check.not-graded": ("Not graded, because of a fault of the grader's.", "因评分程序的故障未评分。"),
    "to-check.unreadable": ("Cannot be read.", "文件无法读取。"),
    "to-check.nobody": ("It is not known whose this is.", "不知道是谁的提交。"),
    "to-check.several": ("Several files look like an answer.", "有多个文件像是作业。"),
    "to-check.one-step": ("One step away from right. {mistake}", "只差一步就全对。{mistake}"),
    "to-check.mistake": ("{mistake}.", "{mistake}。"),
    "to-check.changed": (
        "Graded on other values of the givens than those in the file.",
        "评分所用的已知量与文件中的不同。",
    ),
    "to-check.alike": (
        "Much of the code is like that of {others}: worth a look, not a verdict.",
        "代码与 {others} 的很相似：值得看一看，但不是结论。",
    ),
    "marks.nobody": (
        "{who}: a mark was given by hand, but there is no hand-in of that student.",
        "{who}：有人工给定的分数，但没有这名学生的提交。",
    ),
    "deadlines.nobody": (
        "{who}: a deadline was given, but there is no hand-in of that student, and no such section.",
        "{who}：有单独的截止时间，但没有这名学生的提交，也没有这个班。",
    ),
    "deadlines.untimed": (
        "Hand-ins without a time of their own: {count} of {all}. No deadline makes these late; a column “handed in” of "
        "the deadlines' table can say when they came.",
        "{all} 份提交中有 {count} 份没有提交时间，因此不会按截止时间算作迟交；"
        "可以在截止时间表中加一列“提交时间”来写明。",
    ),
    "standing.shared": (
        "{who}: several students have this name; marks and deadlines need the id.",
        "{who}：有多名学生同名；人工给分和截止时间请用学号。",
    ),
    "usage.finals": (
        "{path}: final grades that change: {count} ({changes}); use --regrade, which keeps the old grades, name "
        "another folder with -o, or replace what is there with --no-resume",
        "{path}：有 {count} 个最终成绩会改变（{changes}）；请用 --regrade（保留旧成绩），用 -o 指明别的文件夹，"
        "或用 --no-resume 替换已有结果",
    ),
    "usage.left-out": (
        "{path}: was graded with {options}, which this run leaves out; give it again, use --regrade, which keeps the "
        "old grades, name another folder with -o, or replace what is there with --no-resume",
        "{path}：上次运行用了 {options}，这次没有；请再加上它，用 --regrade（保留旧成绩），用 -o 指明别的文件夹，"
        "或用 --no-resume 替换已有结果",
    ),
    "class.left-out": (
        "Not taken for a student's submission: {files}",
        "未当作学生提交的：{files}",
    ),
    "class.missing": ("On the roster without a submission: {count}", "名单中没有提交的：{count} 人"),
    "class.taken-over": (
        "Graded earlier and unchanged since: {count}",
        "之前已评分、没有变化的：{count} 份",
    ),
    "class.restarted": (
        "Regrading everything: the earlier run used {reasons}",
        "全部重新评分：上次运行{reasons}",
    ),
    "restart.journal": ("a damaged journal", "的记录已损坏"),
    "restart.grader": ("another version of the grader", "的评分程序版本不同"),
    "restart.exercise": ("another exercise", "的练习不同"),
    "restart.bank": ("other random numbers", "的随机数值不同"),
    "restart.isolation": ("another isolation", "的隔离级别不同"),
    "restart.feedback": ("another level of feedback", "的反馈级别不同"),
    "restart.language": ("another language", "的语言不同"),
    "class.estimate": (
        "{total} to grade: about {minutes} min, by the first {done}, of which {timeouts} ran into the time limit",
        "共 {total} 份待评：按最先 {done} 份（其中 {timeouts} 份超时）估计，约需 {minutes} 分钟",
    ),
    "class.interrupted": (
        "What has been graded is kept: the same command goes on from here.",
        "已评的结果都已保留：再次运行同一命令，即从这里继续。",
    ),
    "class.percent": ("{percent} %", "{percent}%"),
    "class.progress": (
        "{done} of {total}: {right} right, {wrong} wrong, {faults} not graded, {rate}/s",
        "{done} / {total}：{right} 份正确，{wrong} 份有误，{faults} 份未评分，每秒 {rate} 份",
    ),
    "class.progress-left": (
        "{done} of {total}: {right} right, {wrong} wrong, {faults} not graded, {rate}/s, {minutes} min left",
        "{done} / {total}：{right} 份正确，{wrong} 份有误，{faults} 份未评分，每秒 {rate} 份，还需 {minutes} 分钟",
    ),
    "class.waiting": (
        "Waiting for workers: the scheduler has none yet. Start one with dask worker ADDRESS, or stop with Ctrl-C.",
        "正在等待工作进程：调度器还没有工作进程。请用 dask worker ADDRESS 启动，或按 Ctrl-C 停止。",
    ),
    # a report verified
    "verify.same": (
        "This grader gives the same report for {file}: {points} of {max} points.",
        "这份报告与本评分程序对 {file} 的评分一致：{points} / {max} 分。",
    ),
    "verify.terms": (
        "It was graded on your terms: exercise {exercise}, seed {seed}, cases: {count}.",
        "评分依据与您的一致：练习 {exercise}，种子 {seed}，算例数 {count}。",
    ),
    "verify.own-terms": (
        "But on terms of its own: exercise {exercise}, seed {seed}, cases: {count}. If they are yours, name them with "
        "-e, --seed, --cases or --bank.",
        "但评分依据是报告自选的：练习 {exercise}，种子 {seed}，算例数 {count}。"
        "如果这就是您的要求，请用 -e、--seed、--cases 或 --bank 指明。",
    ),
    "verify.differs": (
        "This grader gives a different report for {file}: {points} of {max} points. Differences:",
        "这份报告与本评分程序对 {file} 的评分（{points} / {max} 分）不一致。不同之处：",
    ),
    "verify.difference": (
        "✗ {field}: the report has {claimed}, found {found}",
        "✗ {field}：报告中为 {claimed}，重新评分为 {found}",
    ),
    "verify.circumstance": (
        "• {field}: graded with {claimed}, verified with {found}",
        "• {field}：评分时为 {claimed}，核对时为 {found}",
    ),
    # a handout
    "handout.of": ("The command `grade` comes with the exercise grader.", "命令 `grade` 由评分程序提供。"),
    "handout.command": (
        "The command `grade` comes with the [exercise grader](https://github.com/{repository}).",
        "命令 `grade` 由[评分程序](https://github.com/{repository})提供。",
    ),
    "handout.pushed": (
        "What you push to a fork is graded; see its Actions page.",
        "推送到你的 fork 的代码会自动评分，结果见 Actions 页面。",
    ),
    "handout.page": (
        "With nothing installed: the page in `{page}/`, once it is on a web server.",
        "不安装任何程序也行：把 `{page}/` 放到网站上，用浏览器打开其中的网页。",
    ),
    # files that the instructor named
    "bank.unread": ("bank {path}: cannot be read: {reason}", "算例文件 {path}：无法读取：{reason}"),
    "bank.parts": (
        "bank {path}: found {found} parts, expected {expected}",
        "算例文件 {path}：有 {found} 个部分，应为 {expected} 个",
    ),
    "bank.none": ("bank {path}: not a recorded bank: {reason}", "算例文件 {path}：不是评分时记录的算例文件：{reason}"),
    "bank.other": (
        "bank {path}: made for exercise '{theirs}', not for '{exercise}'",
        "算例文件 {path}：属于练习 '{theirs}'，不属于 '{exercise}'",
    ),
    "bank.damaged": (
        "bank {path}: damaged: its cases do not have the recorded sha256",
        "算例文件 {path}：已损坏：其中的算例与记录的 sha256 不符",
    ),
    "bank.lacks": (
        "bank {path}: a case lacks {name}, or it is not made of numbers",
        "算例文件 {path}：有一个算例缺少 {name}，或者它不是数值",
    ),
    "bank.shape": (
        "bank {path}: a case's {name} has shape {found}, expected {expected}",
        "算例文件 {path}：有一个算例的 {name} 形状为 {found}，应为 {expected}",
    ),
    "handout.action": (
        "--action '{action}': expected OWNER/REPOSITORY@VERSION",
        "--action '{action}'：应写成 OWNER/REPOSITORY@VERSION",
    ),
    "handout.there": ("{path}: already there; name another folder", "{path}：已经存在；请换一个文件夹"),
    "handout.unwritten": (
        "{path}: cannot be written: {reason}; name another folder",
        "{path}：无法写入：{reason}；请换一个文件夹",
    ),
    "exercise.path": (
        "exercise '{name}': expected …/exercises/NAME, with the solution in …/reference/NAME.py",
        "练习 '{name}'：路径应为 …/exercises/NAME，答案放在 …/reference/NAME.py",
    ),
}
