"""The message catalogue: everything the grader says to students and instructors, in English and Chinese.

Values put into a message are cleaned by the caller (`escaping.py`). Codes, keys and numbers are the same in both.
"""

import os

from msgspec import Struct

from graders.choices import Lang as Lang
from graders.reasons import REASONS

CATALOGUE: dict[str, tuple[str, str]] = REASONS | {
    # notes about how the submission was read and run
    "by-value": (
        "Your {name} was recognised as the given {given} by its value.",
        "根据数值，你的 {name} 被认作已知量 {given}。",
    ),
    "by-value-nameless": (
        "A value in {where} was recognised as the given {given}.",
        "{where}的一个数值被认作已知量 {given}。",
    ),
    "changed-given": (
        "You changed the number of {given}; it was graded with the right one.",
        "你改动了 {given} 的数值；评分时用的是正确的数值。",
    ),
    "reduced-precision": (
        "{result} is right, but only to single precision (reduced-precision).",
        "{result} 是对的，但只有单精度（reduced-precision）。",
    ),
    "rounded": (
        "{result} is rounded to {decimals} decimals; leave the values as they are.",
        "{result} 被四舍五入到 {decimals} 位小数；请保留原值。",
    ),
    "same-numbers": (
        "The numbers of {result} are right, but its shape is {found}; it must be {wanted}.",
        "{result} 的数值是对的，但形状是 {found}；它应当是 {wanted}。",
    ),
    "same-numbers-as": (
        "The numbers of {result} are right, but its shape is {found}; it must be {wanted}, the shape of {weights}.",
        "{result} 的数值是对的，但形状是 {found}；它应当与 {weights} 的形状 {wanted} 相同。",
    ),
    "local": ("{result} was taken from inside a function or object.", "{result} 取自函数或对象内部。"),
    "unavailable": (
        "The module {module} is not available in the grader; the script went on without it.",
        "评分环境中没有模块 {module}；脚本在没有它的情况下继续运行。",
    ),
    "raised-after": (
        "The script stopped with {type} after the results were computed; they count.",
        "脚本在算出结果之后因 {type} 而中断；已得到的结果有效。",
    ),
    "cells": ("Graded: the notebook's code cells {cells}.", "已评分：笔记本中的代码单元 {cells}。"),
    "not-found": (
        "{names}: not found in the script, neither by name nor by value, so it cannot be run on other numbers.",
        "脚本中找不到 {names}（按名字和数值都找不到），因此无法用其他数值运行。",
    ),
    "did-you-mean": (
        "{result} is not assigned. Did you mean it with {found}?",
        "{result} 没有赋值。你的 {found} 是不是指它？",
    ),
    "still-none": ("{result} is still None: this TODO is open.", "{result} 仍然是 None：这个 TODO 还没有完成。"),
    "only-fixed": (
        "It is right on the lesson's numbers only; on other networks it is not.",
        "只在课程给出的数值上正确；换成其他网络就不对了。",
    ),
    "tampered": ("The script interfered with the grader's own output.", "脚本干扰了评分程序自身的输出。"),
    "no-time": (
        "The script is slow, so there was no time left to look for where it goes wrong.",
        "脚本运行太慢，没有时间再查找是哪一步出错。",
    ),
    "no-diagnosis": (
        "Which step goes wrong could not be found out: the script stopped or took too long on more networks.",
        "没能查明是哪一步出错：脚本在更多网络上运行时中断或超时。",
    ),
    "forward": (
        "Your forward pass differs from the lesson's: {names}. The steps are judged from your own values.",
        "你的前向传播与课程不同：{names}。后面各步按你自己的值来判断。",
    ),
    # what a step came to, where no misconception says more
    "step.correct-from-earlier-mistake": (
        "Right, given your earlier values: mend the step above first.",
        "就你前面的值而言是对的：请先改正上面的步骤。",
    ),
    "step.from-forward": (
        "Right, given your forward pass, which differs from the lesson's: mend that first.",
        "就你的前向传播而言是对的，但它与课程不同：请先改正前向传播。",
    ),
    "step.not-reached": ("The script stopped before this step.", "脚本在这一步之前就中断了。"),
    "step.not-evaluated": (
        "This step could not be checked from your earlier values.",
        "无法根据你前面的值检查这一步。",
    ),
    "step.missing": ("This TODO is still open.", "这个 TODO 还没有完成。"),
    "step.wrong-value": (
        "Everything before this step is right, or was taken as you had it; the numbers go wrong here.",
        "这一步之前都没有问题（或按你的值继续）；数值是从这里开始出错的。",
    ),
    "step.wrong-shape": (
        "The shape goes wrong here: count how many numbers this step must have, and along which axes.",
        "形状是从这里开始出错的：想一想这一步应当有几个数、沿哪些维排列。",
    ),
    "step.wrong-shape-as": (
        "The shape goes wrong here: each change must have the shape of what it changes.",
        "形状是从这里开始出错的：每个更新步长都应与它要更新的量形状相同。",
    ),
    # exceptions explained
    "explain.broadcast": (
        "Two arrays do not fit together element by element. To multiply one number per input with one number per "
        "hidden unit, write one of them as a column.",
        "两个数组的形状无法逐元素对应。每个输入一个数与每个隐藏节点一个数相乘时，其中一个要写成列向量。",
    ),
    "explain.aligned": (
        "np.dot needs the last axis of the first array to be as long as the first axis of the second.",
        "np.dot 要求第一个数组的最后一维与第二个数组的第一维长度相同。",
    ),
    "explain.none": (
        "A value is still None here: a TODO above is open, or a function returns nothing.",
        "这里用到的值还是 None：上面有 TODO 没有完成，或者函数没有返回值。",
    ),
    "explain.print": (
        "print needs brackets: print(value). Without them it is Python 2.",
        "print 需要括号：print(value)。不带括号是 Python 2 的写法。",
    ),
    "explain.module": (
        "Only numpy and the standard library are available in the grader.",
        "评分环境中只有 numpy 和标准库。",
    ),
    "explain.name": (
        "This name is used before it has a value. Is it spelt as where it is assigned?",
        "这个名字在赋值之前就被使用了。它和赋值处的拼写一致吗？",
    ),
    "explain.recursion": ("A function calls itself without end.", "有函数在无休止地调用自己。"),
    "explain.input": (
        "input() has nobody to ask in the grader; give the value in the script.",
        "评分时没有人回应 input()；请直接在脚本里给出数值。",
    ),
    "explain.full-width": (
        "There is full-width punctuation in the code, such as （ or ，; use ( and , instead.",
        "代码中有全角标点，例如（ 或 ，；请改用半角 ( 和 ,。",
    ),
    # faults that are no exception of the student's
    "timeout": (
        "The script did not end within the time limit. Is there a loop that never stops?",
        "脚本没有在限定时间内结束。是不是有停不下来的循环？",
    ),
    "memory-limit": ("The script needs more memory than it may use.", "脚本使用的内存超过了限制。"),
    "output-limit": ("The script prints more than it may.", "脚本的输出超过了限制。"),
    "crashed-signal": ("The script's process was killed by {detail}.", "脚本的进程被 {detail} 终止。"),
    "crashed-exit": (
        "The script ended its process before the results were there.",
        "脚本在得到结果之前就结束了自己的进程。",
    ),
    "forbidden": (
        "The script tried something that is not allowed here (files, network, other processes): {message}",
        "脚本做了这里不允许的事（文件、网络、其他进程）：{message}",
    ),
    "best-attempt": (
        "Attempt {number} of {of} counts, the best one.",
        "共提交 {of} 次，以得分最高的第 {number} 次为准。",
    ),
    "not-graded": (
        "The grader could not run this submission; this is not the student's fault: {reason}",
        "评分程序未能运行这份作业；这不是学生的错：{reason}",
    ),
    # counterexample
    "counterexample": ("See it on this network: {network}", "可以在这个网络上看到：{network}"),
    "expected": ("  {result} should be {value}", "  {result} 应为 {value}"),
    "actual": ("  yours is    {value}", "  你得到的是 {value}"),
    "repair": (
        "A small change of {step} makes it right: {before}  →  {after}",
        "对 {step} 稍作修改即可：{before}  →  {after}",
    ),
    # what each verdict means
    "verdict.not-graded": ("not graded: the grader itself failed", "未评分：评分程序自身出错"),
    "verdict.unreadable": ("cannot be read", "无法读取"),
    "verdict.syntax-error": ("is not valid Python", "不是合法的 Python 代码"),
    "verdict.cannot-vary": ("cannot be run on other numbers", "无法用其他数值运行"),
    "verdict.forbidden": ("did something that is not allowed", "做了不允许的事"),
    "verdict.timeout": ("took too long", "运行超时"),
    "verdict.memory-limit": ("needs too much memory", "内存超限"),
    "verdict.output-limit": ("prints too much", "输出超限"),
    "verdict.crashed": ("ended too early", "提前终止"),
    "verdict.exception": ("stopped with an error", "运行出错"),
    "verdict.missing": ("not there yet", "尚未完成"),
    "verdict.wrong-type": ("is not an array of numbers", "不是数值数组"),
    "verdict.not-finite": ("is infinite or not a number", "是无穷大或非数"),
    "verdict.wrong-shape": ("has the wrong shape", "形状不对"),
    "verdict.wrong-value": ("has wrong values", "数值不对"),
    "verdict.correct": ("right", "正确"),
    "verdict.correct-from-earlier-mistake": (
        "right, but works with an earlier wrong value",
        "这一步算法正确，只是用到了前面的错误值",
    ),
    "verdict.not-reached": ("not reached", "未执行到"),
    "verdict.not-evaluated": ("could not be checked", "无法检查"),
    # a class
    # an instructor's own sheet
    "sheet.kept": ("{who}: {what} in Canvas, left as it is.", "{who}：在 Canvas 中{what}，保持原样。"),
    "sheet.ex": ("excused", "已免除"),
    "sheet.n/a": ("not assigned", "未分配"),
    "sheet.short": ("{who}: the row is too short, left as it is.", "{who}：该行太短，保持原样。"),
    "sheet.locked": (
        "{who}: the grade cannot be changed in Moodle, left as it is.",
        "{who}：成绩在 Moodle 中不可更改，保持原样。",
    ),
    "sheet.two": ("{who}: two grades; the last one was written.", "{who}：有两个成绩；写入的是后一个。"),
    "sheet.by-name": ("{who}: found by name, not by id.", "{who}：按姓名而不是按学号找到。"),
    "sheet.not-there": ("{who}: not in the sheet", "{who}：成绩表中没有此人"),
    "sheet.row": ("row {row}", "第 {row} 行"),
    "sheet.column-scaled": (
        "Points were scaled from {old} to the column's {new}.",
        "分数已从满分 {old} 换算为该列的满分 {new}。",
    ),
    "sheet.column-unscaled": (
        "The column has no points possible; points were not scaled.",
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
        "The worksheet has no column of feedback comments that is known here; no comments were written.",
        "评分表中没有可识别的评语列；未写入评语。",
    ),
    "class.done": (
        "Submissions: {count}; mean: {mean}; not graded: {not_graded}. See index.html and gradebook.csv in {folder}",
        "作业：{count} 份；平均：{mean}；未评分：{not_graded} 份。详见 {folder} 中的 index.html 和 gradebook.csv",
    ),
    "class.missing": ("{count} of the roster handed nothing in", "名单中有 {count} 人没有提交"),
    "class.taken-over": ("{count} of them graded before and unchanged", "其中 {count} 份以前已评分且没有变化"),
    "class.restarted": (
        "Everything is graded anew: the earlier run had {reasons}",
        "全部重新评分：上一次运行{reasons}",
    ),
    "restart.journal": ("a damaged journal", "的记录已损坏"),
    "restart.grader": ("another version of the grader", "的评分程序版本不同"),
    "restart.exercise": ("another exercise", "的练习不同"),
    "restart.bank": ("another bank of networks", "的随机网络不同"),
    "restart.isolation": ("another isolation", "的隔离级别不同"),
    "restart.feedback": ("another level of feedback", "的反馈级别不同"),
    "restart.language": ("another language", "的语言不同"),
    "class.progress": (
        "{done} of {total}: {right} right, {wrong} wrong, {faults} not graded, {rate} per second",
        "{done} / {total}：{right} 份正确，{wrong} 份有误，{faults} 份未评分，每秒 {rate} 份",
    ),
    # a report verified
    "verify.same": (
        "The report is what this grader gives for {file}: {points} of {max} points.",
        "这份报告与本评分程序对 {file} 的评分一致：{points} / {max} 分。",
    ),
    "verify.differs": (
        "The report is not what this grader gives for {file}: {points} of {max} points. What differs:",
        "这份报告与本评分程序对 {file} 的评分（{points} / {max} 分）不一致。不同之处：",
    ),
    "verify.difference": (
        "✗ {field}: the report has {claimed}, found {found}",
        "✗ {field}：报告中为 {claimed}，实际为 {found}",
    ),
    "verify.circumstance": (
        "• {field}: graded with {claimed}, verified with {found}",
        "• {field}：评分时为 {claimed}，核对时为 {found}",
    ),
    # a handout
    "handout": (
        "The command `grade` comes with the exercise grader. What you push to a fork is graded: see its Actions page.",
        "命令 `grade` 由评分程序提供。推送到你的 fork 的代码会在那里自动评分：见 Actions 页面。",
    ),
    # terminal
    "on.fixed": ("the lesson's network", "课程中的网络"),
    "on.bank": ("random networks", "随机网络"),
    "column.result": ("result", "结果"),
    "column.on": ("on", "网络"),
    "column.networks": ("networks", "网络数"),
    "column.verdict": ("verdict", "判定"),
    "column.points": ("points", "得分"),
    "total": ("total", "总分"),
    "isolation-process": (
        "Notice: this machine has no kernel sandbox, so the script ran as an ordinary process of yours.",
        "注意：本机没有内核沙箱，脚本以普通进程的方式运行。",
    ),
    "line": ("line {line}", "第 {line} 行"),
    "cell-line": ("cell {cell}, line {line}", "第 {cell} 个代码单元第 {line} 行"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """Return a message of the catalogue with its values put in."""
    return CATALOGUE[key][0 if lang == "en" else 1].format(**values)


class Message(Struct, frozen=True):
    """A message that is in no language yet: whoever reads a file need not know who will be told about it."""

    key: str
    values: tuple[tuple[str, "str | int | Message"], ...] = ()

    def say(self, lang: Lang) -> str:
        """Return the sentence."""
        values = {name: value.say(lang) if isinstance(value, Message) else value for name, value in self.values}
        return say(lang, self.key, **values)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.say("en")


def message(key: str, **values: "str | int | Message") -> Message:
    """Return a message of the catalogue with its values."""
    return Message(key, tuple(values.items()))


def locale_lang() -> Lang:
    """Return the language of the user's locale."""
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((word for word in words if word), "").startswith("zh") else "en"
