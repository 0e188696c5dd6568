"""The fixed words of reports that are pages, in English and Chinese; `graders.messages` has those others use too."""

from collections import ChainMap

from graders.messages import CATALOGUE, Lang

WORDS: dict[str, tuple[str, str]] = {
    # head of the page
    "page.title": ("{file}: {points} of {max} points", "{file}：{points} 分（满分 {max} 分）"),
    "page.kind": ("Grading report", "评分报告"),
    "exercise": ("Exercise", "练习"),
    "student": ("Student", "学生"),
    "verdict": ("Verdict", "判定"),
    "score": ("Score", "得分"),
    "score.of": ("of {max} points", "分（满分 {max} 分）"),
    "score.percent": ("{percent} %", "{percent}%"),
    # what stopped it
    "fault.title": ("What stopped your script", "中断的原因"),
    # checks
    "checks.title": ("Checks", "检查结果"),
    "checks.caption": (
        "Each result is compared with the correct one, on the lesson's {case} and on random {cases}.",
        "每个结果都与正确值比较，既用课程中的{case}，也用随机{case}。",
    ),
    "checks.passed": ("right on", "通过"),
    "checks.region": ("Table of checks", "检查结果表"),
    # steps
    "steps.title": ("Step by step", "逐步检查"),
    "steps.intro": (
        "Each step is judged from your own earlier values, so only the step with the mistake is marked wrong.",
        "每一步都根据你自己前面算出的值来判断，所以只有真正出错的那一步会标为错误。",
    ),
    "steps.first": ("Start here: the first step that is wrong", "从这里改起：第一个出错的步骤"),
    # counterexample
    "example.title": ("This {case} shows the mistake", "一个能看出错误的{case}"),
    "example.intro": (
        "On this {case} your {step} is wrong. With the numbers below you can follow it by hand.",
        "在这个{case}上，你的 {step} 算得不对。可以用下面的数值自己算一遍。",
    ),
    "example.expected": ("expected", "正确值"),
    "example.actual": ("yours", "你的值"),
    "example.region": ("{which}: table of numbers", "{which}：数值表"),
    "example.shape": ("shape {shape}", "形状 {shape}"),
    "example.scalar": ("a single number", "单个数"),
    "example.wrong-shape": ("wrong shape: {shape}", "形状不对：{shape}"),
    "example.wrong-kind": ("this is not an array of numbers", "这不是数值数组"),
    "example.cut": ("Only the first rows and columns are shown.", "只显示前面的行和列。"),
    "example.first": (
        "First difference at index {index}: expected {expected}, yours {actual}.",
        "第一个不同的元素下标为 {index}：正确值是 {expected}，你的是 {actual}。",
    ),
    "example.givens": ("The numbers in this {case}", "这个{case}的数值"),
    "example.given": ("given", "已知量"),
    "example.value": ("value", "数值"),
    "example.paste": (
        "Try it: copy these numbers into your script",
        "动手试试：把这些数值复制到你的脚本里",
    ),
    "example.region-paste": ("The numbers as Python code", "Python 代码形式的数值"),
    "wrong": ("wrong", "错误"),
    # picture of the case
    "picture.title": ("The {case} of the counterexample", "反例所用的{case}"),
    "picture.desc": (
        "Units per layer, from the inputs to the output: {sizes}. The inputs {name} are {values}. {edges}",
        "从输入层到输出层，各层的节点数：{sizes}。输入 {name} 为 {values}。{edges}",
    ),
    "picture.desc-edges": ("The weights {name} are {values}.", "权重 {name} 为 {values}。"),
    "picture.inputs": ("inputs", "输入层"),
    "picture.hidden": ("hidden", "隐藏层"),
    "picture.output": ("output", "输出层"),
    "picture.negative": ("dashed: negative weight", "虚线：权重为负"),
    "picture.wrong": ("{sign} where your {step} is wrong", "{sign} 你的 {step} 出错的位置"),
    # source
    "source.title": ("Your code", "你的代码"),
    "source.clean": ("Your code, as it was graded", "参与评分的代码"),
    "source.excerpt": ("Only the marked lines and those around them are shown.", "只显示标记的行及其附近的代码。"),
    "source.cell": ("Code cell {cell}", "第 {cell} 个代码单元"),
    "source.region": ("Your lines of code", "你的代码行"),
    "source.gap": ("lines {first}–{last} not shown", "省略第 {first}–{last} 行"),
    "source.gap-one": ("line {first} not shown", "省略第 {first} 行"),
    "source.wrong": ("marked line:", "标记行："),
    # repair
    "repair.title": (
        "A small change that makes it right on every case looked at",
        "这样改一点，在检查过的数据上就都对了",
    ),
    "repair.before": ("yours", "你写的"),
    "repair.after": ("instead", "改成"),
    # the rest
    "notes.title": ("Notes", "说明"),
    "stdout.title": ("What your script printed", "脚本的输出"),
    "stdout.intro": ("When run on the lesson's {case}.", "使用课程中的{case}运行时的输出。"),
    "grading.title": ("How this was graded", "评分信息"),
    "grading.grader": ("grader", "评分程序"),
    "grading.isolation": ("isolation", "隔离级别"),
    "grading.seed": ("seed", "随机种子"),
    "grading.cases": ("random {cases}", "随机{case}数"),
    "grading.bank": ("sha256 of the {cases}", "{case}的 sha256"),
    "grading.exercise": ("sha256 of the exercise", "练习的 sha256"),
    "grading.submission": ("sha256 of the file", "文件的 sha256"),
    "grading.none": ("none", "无"),
    # a class
    "class.title": ("{exercise}: the class at a glance", "{exercise}：班级总览"),
    "class.kind": ("The class at a glance", "班级总览"),
    "class.submissions": ("Submissions", "作业份数"),
    "class.mean": ("Mean", "平均分"),
    "class.right": ("All right", "全对"),
    "class.not-graded": ("Not graded", "未评分"),
    "class.scores": ("Scores in percent", "得分分布（百分比）"),
    "class.score-range": ("from {range} percent:", "{range} 分："),
    "class.verdicts": ("Verdicts", "判定"),
    "class.steps": ("Wrong steps", "出错的步骤"),
    "class.steps.intro": (
        "Share of graded submissions in which the step itself is wrong.",
        "该步骤本身出错的作业，占全部已评分作业的比例。",
    ),
    "class.mistakes": ("Mistakes", "错误归类"),
    "class.mistakes.intro": (
        "The same mistake counts together, whatever names and form the code has.",
        "不论代码怎样命名、怎样书写，同样的错误归在一起。",
    ),
    # in a line, of a mistake that the exercise has no explanation of
    "mistake": ("{step}: {difference}", "{step}：{difference}"),
    "mistake.sign": ("the opposite sign", "符号相反"),
    "mistake.factor": ("too large or too small by a factor", "差一个倍数"),
    "mistake.more": ("too large by the same number", "大了一个固定的数"),
    "mistake.less": ("too small by the same number", "小了一个固定的数"),
    "mistake.absolute": ("never negative", "从不为负"),
    "mistake.complement": ("1 minus the right value", "1 减去正确值"),
    "mistake.root": ("the square root of the right value", "正确值的平方根"),
    "mistake.square": ("the square of the right value", "正确值的平方"),
    "mistake.reciprocal": ("1 divided by the right value", "正确值的倒数"),
    "mistake.logarithm": ("the logarithm of the right value", "正确值的对数"),
    "mistake.exponential": ("e to the power of the right value", "e 的正确值次方"),
    "mistake.summed": ("the sum of what should be kept apart", "把本应分开的数加在了一起"),
    "mistake.transposed": ("rows and columns swapped", "行和列互换"),
    "mistake.rounded": ("rounded", "做了舍入"),
    "mistake.other": ("the value of another step", "写成了另一步的值"),
    "mistake.unchanged": ("the value of a given", "写成了已知量的值"),
    "mistake.typed": ("numbers typed in", "直接写入了数值"),
    "mistake.slip": ("a slip in one expression", "某个表达式有小错"),
    "mistake.left-out": ("a line too many", "多写了一行"),
    "mistake.unnamed": ("a right value under another name", "值是对的，名字不对"),
    "mistake.not-here": ("a line that spoils other values", "有一行影响了别的值"),
    "mistake.moved": ("a line in the wrong place", "有一行位置不对"),
    "mistake.returned": ("nothing returned", "没有返回结果"),
    "mistake.kept": ("not stored as an attribute", "没有存成属性"),
    "mistake.copied": ("data changed in place", "直接改动了数据"),
    "mistake.forgotten": ("no new value in a loop or method", "循环或方法里忘了更新"),
    "mistake.spoilt-later": ("right, and changed afterwards", "算对之后又被改动"),
    "mistake.same": ("the same on every case", "换了数据也不变"),
    "mistake.added": ("something missing in an expression", "某个表达式缺了一部分"),
    "mistake.from-right": ("wrong values", "数值不对"),
    "mistake.mends": ("wrong values", "数值不对"),
    "mistake.mends-here": ("wrong values", "数值不对"),
    "mistake.undecided": ("wrong, line unknown", "不对，未能确定是哪一行"),
    "mistake.stopped": ("wrong, the code stopped", "不对，代码中断了"),
    "mistake.between": ("wrong, only the lines around it known", "不对，只知道大致在哪几行"),
    "mistake.begun": ("begun, and not finished", "只有初始值，没有算完"),
    "mistake.wrong-here": ("wrong values", "数值不对"),
    "mistake.only-here": ("wrong values", "数值不对"),
    "mistake.shared": ("a second name instead of a copy", "只是另起了名字，没有复制"),
    "mistake.missing": ("no value", "没有值"),
    "mistake.wrong-shape-as": ("wrong shape", "形状不对"),
    "class.show-all": ("Show all {count} in the table", "在表格中显示全部 {count} 份"),
    "class.looks.title": ("Worth a look", "值得看一看"),
    "class.looks.intro": (
        "A person should look at these; none of it is a verdict on anybody.",
        "请人工看一看这些作业；这里列出的都不是对任何人的结论。",
    ),
    "class.looks.count": ("Submissions: {count}", "作业：{count} 份"),
    "class.looks.more": ("The first {count}; to_check.csv has them all", "前 {count} 份；全部见 to_check.csv"),
    "class.missing.short": ("Not submitted", "未提交"),
    "class.missing.title": ("Not submitted", "未提交的学生"),
    "class.list": ("Submissions", "全部作业"),
    "class.filter": ("Filter by text", "按文字筛选"),
    "class.all": ("All", "全部"),
    "class.shown": ("{{fitting}} of {{all}}", "{{fitting}} / {{all}}"),
    "class.more": ("Show more", "显示更多"),
    "class.student": ("Student", "学号"),
    "class.name": ("Name", "姓名"),
    "class.file": ("Report", "报告"),
    "class.percent": ("Percent", "百分比"),
    "class.final": ("Final points", "最终得分"),
    "class.section": ("Section", "班级"),
    "class.verdict": ("Verdict", "判定"),
    "class.step": ("First wrong step", "最先出错的步骤"),
    "class.attempt": ("Attempt", "第几次提交"),
    "class.late": ("Late", "迟交"),
    "class.note": ("Note", "说明"),
}

# A page's own words come before those of the terminal.
_ALL = ChainMap(WORDS, CATALOGUE)


def word(lang: Lang, key: str, **values: object) -> str:
    """Return an entry of the catalogues with its values put in."""
    return _ALL[key][0 if lang == "en" else 1].format(**values)


def is_word(key: str) -> bool:
    """Tell whether the catalogues have an entry."""
    return key in _ALL
