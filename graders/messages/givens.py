"""What is said to a student about the numbers and sizes of a script, in English and Chinese."""

GIVENS: dict[str, tuple[str, str]] = {
    # A given under another name is right; it is told so that a wrong guess of ours can be seen.
    "by-value": (
        "Your {name} was recognised as the given {given} by its value.",
        "按数值判断，你的 {name} 就是已知量 {given}。",
    ),
    "by-value-nameless": (
        "A value in {where} was recognised as the given {given}.",
        "按数值判断，{where}的一个值就是已知量 {given}。",
    ),
    "own-module": ("a module of your own", "你自己的模块中"),
    # Not a fault, but the student's own run prints other numbers than the report.
    "changed-given": (
        "You changed the value of {given}; your script was graded with the lesson's value.",
        "你改动了 {given} 的值；评分时用的是课程给出的值。",
    ),
    "edition": (
        "The numbers in your script are those of another edition of this lesson.",
        "脚本里的数值来自本课的另一个版本。",
    ),
    # What is blamed is the first formula that uses it.
    "overwritten": (
        "{name}, a given value, is changed in {where}: what is computed after that no longer uses the given one.",
        "已知量 {name} 在{where}被改动了，后面的计算用的不再是给定的值。",
    ),
    "uncalled": (
        "The function {function} ({where}) sets {results}, but nothing calls it.",
        "函数 {function}（{where}）里给 {results} 赋了值，但没有任何地方调用它。",
    ),
    # What follows from it can look like a mistake in any later step.
    "half-precision": (
        "{given} is stored in half precision (float16), which keeps about three digits.",
        "{given} 以半精度（float16）保存，大约只保留三位有效数字。",
    ),
    # Right on the lesson's numbers, and still no solution: so the sizes are named.
    "sizes-exactly": (
        "The script is written for exactly {sizes}{where}; with any other number it is wrong or stops.",
        "脚本只适用于 {sizes} 的情形{where}，换成其他大小就会出错或中断。",
    ),
    "sizes-at-least": (
        "The script is written for at least {sizes}{where}; with fewer it is wrong or stops.",
        "脚本至少需要 {sizes}{where}，再少就会出错或中断。",
    ),
    "sizes-where": (" (it stops at {where})", "（在{where}中断）"),
    "not-found": (
        "Nothing in the script could be taken for {names}, by name or by value, so it cannot be run on other numbers.",
        "按名字和数值，在脚本中都没有认出 {names}，因此无法换用其他数值运行。",
    ),
    "not-found-hint": (
        "Look at {where} for {given}: give its value to a variable in one assignment, and use that variable.",
        "关于 {given}，请看{where}：用一条赋值语句把它的值赋给一个变量，再使用这个变量。",
    ),
    "of-its-shape": (
        "{result} is not assigned. Of your own names, these hold a value of its shape: {found}.",
        "{result} 没有赋值。你自己的变量中，形状与它相同的有：{found}。",
    ),
}
