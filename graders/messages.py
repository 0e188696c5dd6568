"""The message catalogue: everything the grader says to students and instructors, in English and Chinese.

Values are put in as they are: what is made of messages is cleaned as a whole (`escaping.py`). Codes, keys and numbers
are the same in both languages.
"""

import os

from msgspec import Struct

from graders.choices import Lang as Lang
from graders.reasons import REASONS

CATALOGUE: dict[str, tuple[str, str]] = REASONS | {
    # notes about how the submission was read and run
    "by-value": (
        "Your {name} was recognised as the given {given} by its value.",
        "按数值判断，你的 {name} 就是已知量 {given}。",
    ),
    "by-value-nameless": (
        "A value in {where} was recognised as the given {given}.",
        "按数值判断，{where}的一个值就是已知量 {given}。",
    ),
    "changed-given": (
        "You changed the value of {given}; your script was graded with the lesson's value.",
        "你改动了 {given} 的值；评分时用的是课程给出的值。",
    ),
    "reduced-precision": (
        "{result} is right, but only in single precision (reduced-precision).",
        "{result} 正确，但只有单精度（reduced-precision）。",
    ),
    "rounded": (
        "{result} is rounded to {decimals} decimals; please do not round the values.",
        "{result} 被四舍五入到了 {decimals} 位小数；请不要舍入，保留计算结果。",
    ),
    "same-numbers": (
        "The numbers in {result} are right, but its shape is {found}; it should be {wanted}.",
        "{result} 的数值正确，但形状是 {found}，应当是 {wanted}。",
    ),
    "same-numbers-as": (
        "The numbers in {result} are right, but its shape is {found}; it should be {wanted}, as for {weights}.",
        "{result} 的数值正确，但形状是 {found}，应当与 {weights} 的形状 {wanted} 相同。",
    ),
    "local": (
        "The value of {result} was found inside a function or an object.",
        "{result} 的值是在函数或对象内部找到的。",
    ),
    "unavailable": (
        "The module {module} is not available in the grader; your script was run without it.",
        "评分环境中没有模块 {module}；脚本是在没有它的情况下运行的。",
    ),
    "raised-after": (
        "Your script stopped with {type} after it had computed the results, so they count.",
        "脚本算出结果之后才因 {type} 中断，所以结果有效。",
    ),
    "cells": ("Graded cells of the notebook: code cells {cells}.", "参与评分的是笔记本中的第 {cells} 个代码单元。"),
    "not-found": (
        "{names} could not be found in the script by name or by value, so the script cannot be run on other numbers.",
        "在脚本中按名字和数值都找不到 {names}，因此无法换用其他数值运行。",
    ),
    "did-you-mean": (
        "{result} is not assigned. Is {found} meant to be {result}?",
        "{result} 没有赋值。你写的 {found} 是不是 {result}？",
    ),
    "still-none": ("{result} is still None: this TODO is not done yet.", "{result} 仍是 None：这个 TODO 还没有完成。"),
    "only-fixed": (
        "It is right for the lesson's numbers only, and wrong on other networks.",
        "只对课程给出的数值正确，换成其他网络就不对了。",
    ),
    "tampered": ("The script interfered with the grader's own output.", "脚本干扰了评分程序的输出。"),
    "no-time": (
        "The script is slow, so no time was left to find out which step is wrong.",
        "脚本运行太慢，没有时间查找是哪一步出错。",
    ),
    "no-diagnosis": (
        "We could not tell which step is wrong: the script stopped or took too long on further networks.",
        "没能查出是哪一步出错：脚本在更多网络上运行时中断或超时了。",
    ),
    "forward": (
        "Your forward pass differs from the lesson's: {names}. Each step is judged from the values you had.",
        "你的前向传播与课程不同：{names}。后面各步都按你自己算出的值来判断。",
    ),
    "helper": (
        "Your {names} differs from the lesson's. The steps after it are judged from your own value.",
        "你的 {names} 与课程不同。后面各步按你自己的值来判断。",
    ),
    # what a step came to, where no misconception says more
    "step.correct-from-earlier-mistake": (
        "This step is right for the values you had. Fix the step above first.",
        "按你前面的值算，这一步是对的。请先改正上面的步骤。",
    ),
    "step.from-forward": (
        "This step is right for your forward pass, which differs from the lesson's. Fix that first.",
        "按你的前向传播算，这一步是对的，但前向传播与课程不同。请先改正前向传播。",
    ),
    "step.from-helper": (
        "This step is right for your {names}, which differs from the lesson's. Fix that first.",
        "按你的 {names} 算，这一步是对的，但 {names} 与课程不同。请先改正它。",
    ),
    "step.not-reached": ("The script stopped before this step.", "脚本还没运行到这一步就中断了。"),
    "step.not-evaluated": (
        "This step could not be checked from your earlier values.",
        "无法根据你前面的值检查这一步。",
    ),
    "step.missing": ("This TODO is not done yet.", "这个 TODO 还没有完成。"),
    "step.wrong-value": (
        "Everything before this step is right, or was taken as you had it; this is where the numbers go wrong.",
        "这一步之前都没有问题（或按你的值来算）；数值是从这里开始出错的。",
    ),
    "step.wrong-shape": (
        "This is where the shape goes wrong: how many numbers should this step have, and along which axes?",
        "形状是从这里开始出错的：想一想这一步应当有几个数、沿哪些维排列。",
    ),
    "step.wrong-shape-as": (
        "This is where the shape goes wrong: each change must have the shape of what it changes.",
        "形状是从这里开始出错的：每个更新步长都应与它要更新的量形状相同。",
    ),
    # exceptions explained
    "explain.broadcast": (
        "The shapes of two arrays do not match element by element. To multiply one number per input by one number per "
        "hidden unit, write one of them as a column.",
        "两个数组的形状无法逐元素对应。每个输入一个数与每个隐藏节点一个数相乘时，其中一个要写成列向量。",
    ),
    "explain.aligned": (
        "np.dot needs the last axis of the first array to be as long as the first axis of the second.",
        "np.dot 要求第一个数组的最后一维与第二个数组的第一维长度相同。",
    ),
    "explain.none": (
        "A value used here is still None: a TODO above is not done yet, or a function returns nothing.",
        "这里用到的值还是 None：上面有 TODO 没有完成，或者函数没有返回值。",
    ),
    "explain.print": (
        "print needs parentheses: print(value). Without them it is Python 2.",
        "print 需要括号：print(value)。不带括号是 Python 2 的写法。",
    ),
    "explain.module": (
        "Only numpy and the standard library are available in the grader.",
        "评分环境中只有 numpy 和标准库。",
    ),
    "explain.name": (
        "This name is used before it has a value. Is it spelled the same way where it is assigned?",
        "这个变量在赋值之前就被使用了。名字和赋值的地方拼写一致吗？",
    ),
    "explain.recursion": ("A function keeps calling itself and never ends.", "有函数不停地调用自己，没有终止条件。"),
    "explain.input": (
        "Nobody can answer input() in the grader; write the value into the script.",
        "评分时没有人回应 input()；请直接在脚本里给出数值。",
    ),
    "explain.full-width": (
        "The code contains full-width punctuation, for example （ or ，; use ( and , instead.",
        "代码中有全角标点，例如（ 或 ，；请改用半角 ( 和 ,。",
    ),
    # faults that are no exception of the student's
    "timeout": (
        "The script did not finish within the time limit. Is there a loop that never ends?",
        "脚本没有在规定时间内运行完。是不是有停不下来的循环？",
    ),
    "memory-limit": ("The script used more memory than allowed.", "脚本使用的内存超过了限制。"),
    "output-limit": ("The script printed more than allowed.", "脚本的输出超过了限制。"),
    "crashed-signal": ("The script's process was ended by {detail}.", "脚本的进程被 {detail} 终止。"),
    "crashed-exit": (
        "The script ended its process before it had computed the results.",
        "脚本还没算出结果就结束了自己的进程。",
    ),
    "forbidden": (
        "The script tried to do something that is not allowed here (files, network, other processes): {message}",
        "脚本试图进行这里不允许的操作（文件、网络、其他进程）：{message}",
    ),
    "best-attempt": (
        "The best attempt counts: number {number} of {of}.",
        "共提交 {of} 次，以得分最高的第 {number} 次为准。",
    ),
    "not-graded": (
        "The grader could not run this submission; this is not the student's fault: {reason}",
        "评分程序未能运行这份作业；这不是学生的错：{reason}",
    ),
    # counterexample
    "counterexample": ("You can see it on this network: {network}", "可以在这个网络上看到：{network}"),
    "expected": ("  {result} should be {value}", "  {result} 应为 {value}"),
    "actual": ("  yours is    {value}", "  你得到的是 {value}"),
    "repair": (
        "A small change to {step} makes it right: {before}  →  {after}",
        "把 {step} 稍作修改就对了：{before}  →  {after}",
    ),
    # what each verdict means
    "verdict.not-graded": ("not graded: the grader itself failed", "未评分：评分程序自身出错"),
    "verdict.unreadable": ("cannot be read", "无法读取"),
    "verdict.syntax-error": ("not valid Python", "不是合法的 Python 代码"),
    "verdict.cannot-vary": ("cannot be run on other numbers", "无法用其他数值运行"),
    "verdict.forbidden": ("not allowed", "不允许的操作"),
    "verdict.timeout": ("took too long", "运行超时"),
    "verdict.memory-limit": ("too much memory", "内存超限"),
    "verdict.output-limit": ("too much output", "输出超限"),
    "verdict.crashed": ("ended too early", "提前终止"),
    "verdict.exception": ("stopped with an error", "运行出错"),
    "verdict.missing": ("not done yet", "尚未完成"),
    "verdict.wrong-type": ("not an array of numbers", "不是数值数组"),
    "verdict.not-finite": ("infinite or not a number", "是无穷大或非数"),
    "verdict.wrong-shape": ("wrong shape", "形状不对"),
    "verdict.wrong-value": ("wrong values", "数值不对"),
    "verdict.correct": ("right", "正确"),
    "verdict.correct-from-earlier-mistake": (
        "right for the values it was given",
        "按前面的值算是对的",
    ),
    "verdict.not-reached": ("not reached", "未执行到"),
    "verdict.not-evaluated": ("could not be checked", "无法检查"),
    # a class
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
    "sheet.not-there": ("{who}: not in the sheet", "{who}：成绩表中没有此人"),
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
    "class.done": (
        "Submissions: {count}; mean: {mean}; not graded: {not_graded}. See index.html and gradebook.csv in {folder}",
        "作业：{count} 份；平均：{mean}；未评分：{not_graded} 份。详见 {folder} 中的 index.html 和 gradebook.csv",
    ),
    "class.missing": ("{count} students on the roster did not submit", "名单中有 {count} 人没有提交"),
    "class.taken-over": (
        "{count} of them were graded earlier and have not changed",
        "其中 {count} 份之前已评分，没有变化",
    ),
    "class.restarted": (
        "Regrading everything: the earlier run used {reasons}",
        "全部重新评分：上次运行{reasons}",
    ),
    "restart.journal": ("a damaged journal", "的记录已损坏"),
    "restart.grader": ("another version of the grader", "的评分程序版本不同"),
    "restart.exercise": ("another exercise", "的练习不同"),
    "restart.bank": ("other random networks", "的随机网络不同"),
    "restart.isolation": ("another isolation", "的隔离级别不同"),
    "restart.feedback": ("another level of feedback", "的反馈级别不同"),
    "restart.language": ("another language", "的语言不同"),
    "class.progress": (
        "{done} of {total}: {right} right, {wrong} wrong, {faults} not graded, {rate} per second",
        "{done} / {total}：{right} 份正确，{wrong} 份有误，{faults} 份未评分，每秒 {rate} 份",
    ),
    # a report verified
    "verify.same": (
        "This grader gives the same report for {file}: {points} of {max} points.",
        "这份报告与本评分程序对 {file} 的评分一致：{points} / {max} 分。",
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
    "handout": (
        "The command `grade` comes with the exercise grader. What you push to a fork is graded; see its Actions page.",
        "命令 `grade` 由评分程序提供。推送到你的 fork 的代码会自动评分，结果见 Actions 页面。",
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
        "Notice: this machine has no kernel sandbox, so the script ran as an ordinary process with your permissions.",
        "注意：本机没有内核沙箱，脚本是以你的权限作为普通进程运行的。",
    ),
    "line": ("line {line}", "第 {line} 行"),
    "cell-line": ("cell {cell}, line {line}", "第 {cell} 个代码单元第 {line} 行"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """Return a message of the catalogue with its values put in."""
    return CATALOGUE[key][0 if lang == "en" else 1].format(**values)


class Message(Struct, frozen=True):
    """A message key with its values, put into words when it is shown."""

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
