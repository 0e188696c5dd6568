"""What is said to a student about a submission, in English and Chinese."""

STUDENTS: dict[str, tuple[str, str]] = {
    # notes about how the submission was read and run
    # Beside full points: it says why numbers look rounded, and asks for nothing.
    "reduced-precision": (
        "{result} is right, but only to about six digits (reduced-precision).",
        "{result} 正确，但只精确到大约六位有效数字（reduced-precision）。",
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
    # A name inside a function is no variable of the script; it counts, and the student should know why.
    "local": (
        "The value of {result} was found inside a function or an object.",
        "{result} 的值是在函数或对象内部找到的。",
    ),
    "unavailable": (
        "The module {module} is not available in the grader; your script was run without it.",
        "评分环境中没有模块 {module}；脚本是在没有它的情况下运行的。",
    ),
    # An error on the screen looks like a failure: say that it was none.
    "raised-after": (
        "Your script stopped with {type} after it had computed the results, so they count.",
        "脚本算出结果之后才因 {type} 中断，所以结果有效。",
    ),
    "slow": (
        "The script is slow: it was graded on {ran} of {count} random {cases}; no time was left for the others.",
        "脚本运行较慢：{count} 个随机{case}中只运行了 {ran} 个，其余的来不及运行，按这 {ran} 个评分。",
    ),
    "cells": ("Graded cells of the notebook: code cells {cells}.", "参与评分的是笔记本中的第 {cells} 个代码单元。"),
    # A question, since only the student knows what the name was meant for.
    "did-you-mean": (
        "{result} has no value. Is {found} meant to be {result}?",
        "{result} 没有值。你写的 {found} 是不是 {result}？",
    ),
    "still-none": (
        "{result} is still None: its TODO is not done yet, a function returns nothing, or its line was not run.",
        "{result} 仍是 None：它的 TODO 还没有完成，或者函数没有返回值，或者给它赋值的那一行没有运行。",
    ),
    "the-script": ("The script", "脚本"),
    "not-allowed": (
        "{function} uses {word} ({where}), itself or in what it calls; this exercise does not allow it.",
        "{function} 自己或它调用的函数用到了 {word}（{where}），本练习不允许使用。",
    ),
    "not-required": (
        "{function} does not use {word}, which this exercise asks for.",
        "{function} 没有用到本练习要求使用的 {word}。",
    ),
    # Beside a check that is wrong and has points all the same.
    "carried.half": (
        "{results}: right for the values you had before, so half of the points count.",
        "{results}：按你前面的值算，这一步是对的，所以得一半的分。",
    ),
    "carried.full": (
        "{results}: right for the values you had before, so the points count in full.",
        "{results}：按你前面的值算，这一步是对的，所以得全部的分。",
    ),
    "changes-argument": (
        "A call changes {name}, one of its arguments, in place; where that is used again, its numbers are the changed "
        "ones. Let the function work on a copy of what it is given, made with .copy().",
        "某次调用直接修改了传入的参数 {name}，再用到它时就是改动后的数值。"
        "请让函数用 .copy() 得到参数的副本，在副本上计算。",
    ),
    # The usual reason is numbers copied from the lesson, which need not be cheating.
    "only-fixed": (
        "{result} is right for the lesson's numbers only, and wrong on other {cases}.",
        "{result} 只对课程给出的数值正确，换成其他{case}就不对了。",
    ),
    # Without the particulars: they would be a manual.
    "tampered": ("The script interfered with the grader's own output.", "脚本干扰了评分程序的输出。"),
    "forward": (
        "Your forward pass differs from the lesson's from {names} on. Each step is judged from the values you had.",
        "你的前向传播从 {names} 起与课程不同。后面各步都按你自己算出的值来判断。",
    ),
    "helper": (
        "Your {names} differs from the lesson's. The steps after it are judged from your own value.",
        "你的 {names} 与课程不同。后面各步按你自己的值来判断。",
    ),
    "another-exercise": (
        "This looks like the exercise {other}, not {exercise}; to grade it as such, add -e {other}.",
        "这看起来是练习 {other}，而不是 {exercise}；要按该练习评分，请加上 -e {other}。",
    ),
    "cells-left-out": (
        "Code cells {cells} also look like an answer; they were not graded. The last complete answer counts.",
        "代码单元 {cells} 也像是答案，但没有评分；以最后一份完整的答案为准。",
    ),
    "mended.invisible": (
        "Invisible characters, often copied from a web page, were left out or read as spaces (line {lines}).",
        "第 {lines} 行中有不可见字符（多半是从网页复制来的），已忽略或当作空格读取。",
    ),
    "mended.notebook": (
        "Commands that only a notebook can run were left out (line {lines}).",
        "第 {lines} 行是只能在笔记本中运行的命令，已略去。",
    ),
    # counterexample
    "counterexample": ("You can see it on this {case}: {values}", "用下面这个{case}可以看出问题：{values}"),
    "expected": ("  {result} should be {value}", "  {result} 应为 {value}"),
    "actual": ("  yours is    {value}", "  你得到的是 {value}"),
    "repair": (
        "With a small change {step} would be right on every case looked at: {before}  →  {after}",
        "这样改一点，{step} 在所有检查过的数据上就都对了：{before}  →  {after}",
    ),
    # what each verdict means
    "verdict.not-graded": ("not graded: the grader itself failed", "未评分：评分程序自身出错"),
    "verdict.unreadable": ("cannot be read", "无法读取"),
    "verdict.syntax-error": ("not valid Python", "不是合法的 Python 代码"),
    "verdict.not-allowed": ("right, but not as asked", "结果正确，但用了不允许的做法"),
    "verdict.cannot-vary": ("cannot be run on other numbers", "无法用其他数值运行"),
    "verdict.forbidden": ("not allowed", "不允许的操作"),
    "verdict.timeout": ("took too long", "运行超时"),
    "verdict.memory-limit": ("too much memory", "内存超限"),
    "verdict.output-limit": ("too much output", "输出超限"),
    "verdict.crashed": ("ended too early", "提前终止"),
    "verdict.exception": ("raised an error", "运行出错"),
    "verdict.missing": ("no value", "没有值"),
    "verdict.wrong-type": ("not an array of numbers", "不是数值数组"),
    "verdict.not-finite": ("infinite or not a number", "含有无穷大或 NaN"),
    "verdict.wrong-shape": ("wrong shape", "形状不对"),
    "verdict.wrong-value": ("wrong values", "数值不对"),
    "verdict.correct": ("right", "正确"),
    "verdict.correct-from-earlier-mistake": (
        "right for the values it was given",
        "按前面的值算是对的",
    ),
    "verdict.not-reached": ("not reached", "未执行到"),
    "verdict.not-evaluated": ("could not be checked", "无法检查"),
    # terminal
    "on.fixed": ("the lesson's {case}", "课程中的{case}"),
    "on.bank": ("random {cases}", "随机{case}"),
    "column.result": ("result", "结果"),
    "column.on": ("on", "{case}"),
    "column.cases": ("{cases}", "{case}数"),
    "column.verdict": ("verdict", "判定"),
    "column.points": ("points", "得分"),
    "total": ("total", "总分"),
    "isolation-process": (
        "Notice: this machine has no kernel sandbox, so the script ran as an ordinary process with your permissions.",
        "注意：本机没有内核沙箱，脚本是以你的权限作为普通进程运行的。",
    ),
    "watch.gone": ("{time} · {file} is gone; waiting for it.", "{time} · 找不到 {file} 了，正在等它回来。"),
    "watch.grading": ("{time} · {file} is being graded…", "{time} · 正在评分 {file}……"),
    "watch.more": ("… The rest is in {report}.", "……其余内容见 {report}。"),
    "watching": (
        "{time} · {file} is graded again after each save. Ctrl-C ends.",
        "{time} · 每次保存 {file} 后会重新评分。按 Ctrl-C 结束。",
    ),
    "about": ("{what}: {text}", "{what}：{text}"),
    "at": ("{what} ({where})", "{what}（{where}）"),
    # between the names of a list, between two remarks of one line, and between two sentences
    "list": ("{one}, {other}", "{one}、{other}"),
    "aside": ("{one}, {other}", "{one}，{other}"),
    "sentence": ("{one} {other}", "{one}{other}"),
    "line": ("line {line}", "第 {line} 行"),
    "cell-line": ("cell {cell}, line {line}", "第 {cell} 个代码单元第 {line} 行"),
}
