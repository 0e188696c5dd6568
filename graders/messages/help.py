"""What the command line says of its options, in English and Chinese."""

HELP: dict[str, tuple[str, str]] = {
    # argparse's own words for these are English only.
    "help.usage": ("usage: ", "用法："),
    "help.positionals": ("submissions", "作业"),
    "help.options": ("options", "选项"),
    "help.several": ("several submissions", "批改多份作业"),
    "help.authors": ("authors of exercises", "编写练习"),
    "help.description": (
        "Grade submissions: run each unmodified script in a sandbox, on the lesson's numbers and on random cases, and "
        "write a report.",
        "批改作业：在沙箱中运行学生未经修改的脚本，先用课程给出的数值，再用随机算例，并写出报告。",
    ),
    "help.epilog": (
        "Exit status: 0 at or above the pass mark (several: all graded), 1 below it, 2 unusable command or input, 3 "
        "the grader or its sandbox failed.",
        "退出状态：0 达到及格线（多份作业：全部已评分），1 未达到，2 命令或输入无法使用，3 评分程序或沙箱出错。",
    ),
    "help.help": ("show this help and exit", "显示本帮助后退出"),
    "help.version": ("show the version and exit", "显示版本号后退出"),
    "help.submissions": (
        "a .py or .ipynb file, a folder of them, or a .zip",
        ".py 或 .ipynb 文件、装有这些文件的文件夹，或 .zip 压缩包",
    ),
    "help.exercises": (
        "default: backprop; your own: …/exercises/NAME; repeatable: each gets a report of its own",
        "练习名，默认 backprop；自己的练习写 …/exercises/NAME；可重复，每个练习各有一份报告",
    ),
    "help.output": (
        "report file, or folder for several; - for standard output",
        "报告文件；有多份时为文件夹；- 表示标准输出",
    ),
    "help.seed": ("which random cases (default: 0)", "随机算例的种子（默认 0）"),
    "help.cases": ("how many (default: the exercise's)", "随机算例的个数（默认由练习规定）"),
    "help.bank": ("grade on the cases recorded in this file", "用这个文件中记录的算例评分"),
    # Without the levels' names: argparse lists an option's choices by itself.
    "help.isolation": ("default: kernel", "隔离级别，默认 kernel"),
    "help.format": (
        "{choices}; repeatable (default: yaml); docs/formats.md",
        "报告格式：{choices}；可重复（默认 yaml）；见 docs/formats.md",
    ),
    "help.feedback": (
        "how much the students' reports tell, each with those before it (default: counterexample)",
        "学生的报告说到什么程度，后一级包含前一级（默认 counterexample）",
    ),
    "help.watch": ("grade again after each save, until Ctrl-C", "每次保存后重新评分，按 Ctrl-C 结束"),
    "help.lang": ("language of the messages (default: the locale's)", "信息所用的语言（默认与系统相同）"),
    "help.pass_mark": ("default: 100", "及格线（百分比），默认 100"),
    "help.verify": (
        "say whether this report is what grading SUBMISSION again gives",
        "说明重新批改 SUBMISSION 是否得到这份报告",
    ),
    "help.handout": (
        "write what students get of this exercise to the folder named instead",
        "把发给学生的文件写到指定的文件夹",
    ),
    "help.action": (
        "what a handout's workflow grades with: OWNER/REPOSITORY@VERSION",
        "下发材料的工作流用什么评分：OWNER/REPOSITORY@VERSION",
    ),
    "help.page": (
        "write a page that grades this exercise in the browser to the folder named instead",
        "把在浏览器里批改这个练习的网页写到指定的文件夹",
    ),
    "help.with_page": (
        "add the page that grades in the browser to a handout; it has to hold the solution",
        "在发给学生的材料里加上在浏览器里评分的网页；网页必须包含参考答案",
    ),
    "help.pyodide": (
        "where a page's Python is from (default: its project's own network)",
        "网页所用的 Python 从哪里取（默认取自其项目的网络）",
    ),
    "help.jobs": ("this many at a time (default: all processors)", "同时批改几份（默认用全部处理器）"),
    "help.cluster": ("let the workers of this Dask scheduler grade", "交给这个 Dask 调度器的工作进程批改"),
    "help.file": (
        "of several files of a student, grade the one named like this",
        "学生有多个文件时，批改名称符合此模式的文件",
    ),
    "help.intake": ("where they come from, if it is not recognised", "作业来自哪个平台（无法自动识别时）"),
    "help.attempt": ("which one counts (default: last)", "多次提交以哪一次为准（默认 last，即最后一次）"),
    "help.gradebook": ("fill this export of Canvas or Moodle", "填写从 Canvas 或 Moodle 导出的这份成绩表"),
    "help.gradebook_column": (
        "its column, if it is not recognised; with several exercises one for each, in their order",
        "填写哪一列（无法自动识别时）；有多个练习时按顺序各写一个",
    ),
    "help.roster": ("list who of these handed nothing in", "列出名单中没有提交的学生"),
    "help.section": (
        "a column with the section: a column of the roster, or 'folder'",
        "在成绩册中列出班级：写名单中的列名，或 folder（按文件夹）",
    ),
    "help.deadlines": (
        "who has to hand in when: student or all, deadline",
        "截止时间表：student（或 all）、deadline 两列",
    ),
    "help.late": (
        "what lateness costs, such as '10 %/day, 3 days, grace 1 h'",
        "迟交如何扣分，例如 '10 %/day, 3 days, grace 1 h'",
    ),
    "help.adjusted": (
        "marks given by hand: student, adjusted, why",
        "人工给定的分数：student、adjusted、why 三列",
    ),
    "help.resume": ("take over what holds of an earlier run", "沿用上次运行中仍然有效的结果"),
    "help.regrade": (
        "on other terms than the results there: keep them, list what changes",
        "评分依据与已有结果不同时：保留旧结果，并列出变动",
    ),
    "help.quiet": ("no progress", "不显示进度"),
    "help.new_exercise": (
        "write a new exercise's files from a finished solution (SUBMISSION)",
        "根据写好的答案（SUBMISSION）生成一个新练习的文件",
    ),
    "help.check_exercise": ("say what is wrong with an exercise", "说明一个练习有什么问题"),
}
"""By an option's name; the parts of the page around them too."""
