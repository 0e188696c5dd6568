"""What is said to a student about a step or a result and its line, in English and Chinese."""

STEPS: dict[str, tuple[str, str]] = {
    # what a step came to, where no misconception says more
    "step.correct-from-earlier-mistake": (
        "This step is right for the values you had.",
        "按你前面的值算，这一步是对的。",
    ),
    "step.fix-first": (
        "This step is right for the values you had. Fix {first} first.",
        "按你前面的值算，这一步是对的。请先改正 {first}。",
    ),
    # Of a place in a function or a loop it is known what else it mends, and of the rest that it is open.
    "step.right-then": (
        "This will be right, too. Fix {first} first.",
        "这一步随后也会变对。请先改正 {first}。",
    ),
    "step.look-again": (
        "Fix {first} first, and then look at this step again.",
        "请先改正 {first}，再回来看这一步。",
    ),
    "step.same-line": (
        "This comes from the same line as {first}. Fix that line first.",
        "这个值和 {first} 出自同一行。请先改正那一行。",
    ),
    "step.from-forward": (
        "This step is right for the values of your forward pass, which differs from the lesson's. Fix {first} first.",
        "按你的前向传播得到的值来算，这一步是对的，但前向传播与课程不同。请先改正 {first}。",
    ),
    "step.from-helper": (
        "This step is right for your values, which differ from the lesson's. Fix {first} first.",
        "按你的值算，这一步是对的，但你的值与课程不同。请先改正 {first}。",
    ),
    # A function may have computed it, and then have stopped before it returned.
    "step.not-reached": (
        "Your code stopped, so this step could not be checked.",
        "代码中断了，所以没能检查这一步。",
    ),
    # What stopped a script may stand before the step that has no value for it.
    "step.exception": ("An error was raised before this step was finished.", "这一步还没有算完，就出现了错误。"),
    "step.timeout": ("Time ran out before this step was finished.", "时间用完时，这一步还没有算完。"),
    "step.memory-limit": ("Memory ran out before this step was finished.", "内存用完时，这一步还没有算完。"),
    "step.output-limit": (
        "Too much was printed before this step was finished.",
        "这一步还没有算完，输出就已经过多了。",
    ),
    "step.crashed": ("The process ended before this step was finished.", "进程结束时，这一步还没有算完。"),
    "step.forbidden": (
        "Your code was stopped before this step was finished.",
        "代码被中止时，这一步还没有算完。",
    ),
    "step.not-evaluated": (
        "This step could not be checked from your earlier values.",
        "无法根据你前面的值检查这一步。",
    ),
    "step.missing": ("There is no value for this step yet.", "这一步还没有值。"),
    "step.unnamed": (
        "The value here is right, but nothing called {name} holds it in the end.",
        "这里的值是对的，但最后没有存到名为 {name} 的变量里。",
    ),
    "step.spoilt-later": (
        "The value set here is right; it is changed further on, before the script ends.",
        "这里的值是对的，但在后面被改动了。",
    ),
    "step.wrong-value": (
        "The numbers here are wrong, even for the values you had before.",
        "即使按你前面的值来算，这里的数值也不对。",
    ),
    "step.mends": (
        "The value here is wrong: with the right one in its place, all results would be right.",
        "这里的值不对：换成正确的值，所有结果就都对了。",
    ),
    "step.from-right": (
        "The value here is wrong, though everything it is computed from is right.",
        "这里用到的值都是对的，算出来的结果却不对。",
    ),
    "step.slip": (
        "With a small change in {source}, {results} would be right on every case looked at. What should stand there?",
        "只要稍微改动 {source}，{results} 在所有检查过的数据上就都对了。想一想这里应该怎么写？",
    ),
    "step.added": (
        "Something is missing in {source}: with it, {results} would be right on every case looked at. What is it?",
        "{source} 里还缺点什么：补上之后，{results} 在所有检查过的数据上就都对了。想一想缺的是什么？",
    ),
    "step.left-out": (
        "Without {source}, {results} would be right on every case looked at.",
        "去掉 {source} 之后，{results} 在所有检查过的数据上就都对了。",
    ),
    # Other results are wrong without it, too: it is needed, but not like that.
    "step.not-here": (
        "Without {source}, {results} would be right on every case looked at. Is it needed in another place, or on a "
        "copy?",
        "去掉 {source} 之后，{results} 在所有检查过的数据上就都对了。想一想它是不是应该放到别处，或者在副本上进行？",
    ),
    "step.moved": (
        "{source} is in the wrong place: with another indentation, or in another order, {results} would "
        "be right on every case looked at.",
        "{source} 的位置不对：换一个缩进层次，或者调整先后顺序，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.returned": (
        "The function ends after {source} without returning what it computed. With a return there, {results} would be "
        "right on every case looked at.",
        "函数执行完 {source} 就结束了，没有用 return 返回结果。加上 return，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.kept": (
        "What {source} sets is lost when the method ends. Stored as an attribute of self, it would make {results} "
        "right on every case looked at.",
        "方法一结束，{source} 的值就丢失了。把它存成 self 的属性，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.shared": (
        "{source} makes no copy: both sides stand for the same data, and what changes one changes the other. "
        "With a copy, {results} would be right on every case looked at.",
        "{source} 并没有复制数据：等号两边是同一份数据，改了一边，另一边也跟着变。"
        "如果用的是副本，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.copied": (
        "{source} changes data in place that is still needed elsewhere. On a copy, {results} would be right on every "
        "case looked at.",
        "{source} 直接修改了别处还要用到的数据。改成在副本上操作，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.forgotten": (
        "{source} should be given a new value here: with a line that does so, {results} would be right on every case "
        "looked at.",
        "这里缺一行给 {source} 赋新值的代码：补上之后，{results} 在所有检查过的数据上就都对了。",
    ),
    "step.after-others": ("First fix {others}. {text}", "请先改正{others}。改正之后，{text}"),
    "step.stopped": (
        "Your code stopped in {where}. Fix that first, and then look at this result again.",
        "代码在{where}中断了。请先改正那里，再回来看这个结果。",
    ),
    "step.begun": (
        "This is only a beginning: what should go on from here to the right value is missing or wrong.",
        "这里只是一个初始值：之后由它得到正确值的代码缺少了，或者有错。",
    ),
    "step.wrong-here": ("The value here is wrong.", "这里算出的值不对。"),
    "step.mends-here": (
        "The value here is wrong. With the right one in its place, {results} would be right.",
        "这里算出的值不对。换成正确的值，{results} 就对了。",
    ),
    # All other lines are word for word the reference's.
    "step.only-here": ("The mistake is in this line.", "错误就在这一行。"),
    "step.undecided": (
        "This result is wrong, but we could not tell which line the mistake is in.",
        "这个结果不对，但没能查出错在哪一行。",
    ),
    "step.between": (
        "Something is wrong, or missing, between {first} and {last}; we could not tell where exactly.",
        "{first}到{last}之间有错，或者缺了内容，但没能查出具体在哪里。",
    ),
    "step.typed": (
        "These numbers are typed into the code: they are the same on every case. Compute them from the given values.",
        "这里的数是直接写进代码的：换了别的数据也不变。请用已知量计算出来。",
    ),
    "step.same": (
        "The value here is the same on every case looked at, and the right one is not.",
        "在所有检查过的数据上，这里的值都一样，而正确的值并不都一样。",
    ),
    "step.rounded": (
        "The value is rounded to {decimals} decimals here. Please keep all digits.",
        "这里的值被四舍五入到了 {decimals} 位小数。请不要舍入，保留全部数字。",
    ),
    "step.other": (
        "The value here is that of {other}. Which step is asked for here?",
        "这里的值其实是 {other} 的值。想一想这一步要求的是什么？",
    ),
    "step.unchanged": (
        "On every case looked at this is {given}, just as it was given.",
        "在所有检查过的数据上，这里就是给定的 {given}，没有任何变化。",
    ),
    "step.sign": (
        "The numbers have the right size but the opposite sign.",
        "数值的大小是对的，但符号反了。",
    ),
    "step.factor": (
        "On every case the value here is {factor} times the right one.",
        "在每组数据上，这里的值都是正确值的 {factor} 倍。",
    ),
    "step.more": (
        "On every case the value here is {difference} more than the right one.",
        "在每组数据上，这里的值都比正确值大 {difference}。",
    ),
    "step.less": (
        "On every case the value here is {difference} less than the right one.",
        "在每组数据上，这里的值都比正确值小 {difference}。",
    ),
    "step.absolute": (
        "The value here is right but for its sign: it is never negative, where the right one may be.",
        "这里的值大小是对的，但它从不为负，而正确值可以是负的。",
    ),
    "step.complement": (
        "On every case the value here is 1 minus the right one.",
        "在每组数据上，这里的值都等于 1 减去正确值。",
    ),
    "step.root": (
        "On every case the value here is the square root of the right one.",
        "在每组数据上，这里的值都是正确值的平方根。",
    ),
    "step.square": (
        "On every case the value here is the square of the right one.",
        "在每组数据上，这里的值都是正确值的平方。",
    ),
    "step.reciprocal": (
        "On every case the value here is 1 divided by the right one.",
        "在每组数据上，这里的值都是正确值的倒数。",
    ),
    "step.logarithm": (
        "On every case the value here is the natural logarithm of the right one.",
        "在每组数据上，这里的值都是正确值的自然对数。",
    ),
    "step.exponential": (
        "On every case the value here is e to the power of the right one.",
        "在每组数据上，这里的值都是 e 的正确值次方。",
    ),
    "step.summed": (
        "This is a single number: the sum of the numbers that belong here. Keep them apart.",
        "这里只得到一个数，它是本应分开的各个数之和。请不要把它们加起来。",
    ),
    "step.transposed": (
        "The numbers are right, but rows and columns are swapped.",
        "数值是对的，但行和列互换了。",
    ),
    "step.wrong-shape": (
        "The shape of this step is wrong: how many numbers should it have, and along which axes?",
        "这一步的形状不对：想一想它应当有几个数、沿哪些维排列。",
    ),
    "step.wrong-shape-as": (
        "The shape of this step is wrong: each change must have the shape of what it changes.",
        "这一步的形状不对：每个更新步长都应与它要更新的量形状相同。",
    ),
}
