"""What stopped a submission, and what its exceptions mean, in English and Chinese."""

FAULTS: dict[str, tuple[str, str]] = {
    # exceptions explained
    "explain.quotes": (
        "These are typographic (curly) quotation marks, as word processors make them; type straight ones: ' or \".",
        "这是文字处理软件生成的弯引号；请改用键盘上的直引号 ' 或 \"。",
    ),
    "explain.fence": (
        "The code fence (``` or ~~~) in {where} is Markdown, not Python. Hand in only the code between such fences, "
        "without them and without the text around them.",
        "{where}的代码围栏（``` 或 ~~~）是 Markdown，不是 Python。请只提交围栏之间的代码，去掉围栏和前后的文字。",
    ),
    "explain.prompt": (
        "The prompt (>>> or In [1]:) in {where} was copied from a console. Hand in only the code, without prompts and "
        "what was printed.",
        "{where}的提示符（>>> 或 In [1]:）是从控制台一起复制过来的。请只提交代码，去掉提示符和输出。",
    ),
    "explain.numbers": (
        "The lines begin with their numbers, which were copied along ({where}). Hand in only the code, without them.",
        "每一行开头的行号是一起复制过来的（{where}）。请只提交代码，去掉行号。",
    ),
    "explain.dash": (
        "This is a typographic dash, as word processors make it; type a plain minus sign: -.",
        "这是文字处理软件生成的破折号；请改用普通的减号 -。",
    ),
    "explain.invisible": (
        "An invisible character, often copied from a web page, stands in this line; delete the line and type it again.",
        "这一行中有不可见字符，多半是从网页复制来的；请删除这一行并重新输入。",
    ),
    "explain.broadcast": (
        "The shapes of two arrays do not match element by element: along each axis they must have the same length, or "
        "one of them length 1. What is meant here: element by element, a product of matrices (np.dot), or each number "
        "with each, a[:, None] * b?",
        "两个数组的形状无法逐元素对应：每一维的长度要相同，或者其中一个是 1。"
        "这里要的是逐元素运算、矩阵乘积（np.dot），还是每个数与每个数相乘，即 a[:, None] * b？",
    ),
    "explain.aligned": (
        "A product of matrices (np.dot or @) needs the last axis of the first array to be as long as the first axis of "
        "the second.",
        "矩阵乘积（np.dot 或 @）要求第一个数组的最后一维与第二个数组的第一维长度相同。",
    ),
    "explain.none": (
        "A value used here is None. Is its TODO still open, or does a function return nothing?",
        "这里用到的值是 None。是它的 TODO 还没有完成，还是函数没有返回值？",
    ),
    "explain.print": (
        "print needs parentheses: print(value). Without them it is Python 2.",
        "print 需要括号：print(value)。不带括号是 Python 2 的写法。",
    ),
    "explain.module": (
        "The grader has numpy, the standard library and your own modules that lie beside the script, no other library.",
        "评分环境中只有 numpy、标准库和与脚本放在一起的你自己的模块，没有其他库。",
    ),
    "explain.numpy-removed": (
        "The grader has NumPy {numpy}. A name that older versions had may be gone; for example np.float is float now.",
        "评分环境使用 NumPy {numpy}。旧版本中的一些名字可能已被移除，例如 np.float 现在要写成 float。",
    ),
    "explain.numpy-scalar": (
        "The grader has NumPy {numpy}, which does not turn an array into a number, as older ones did with one element. "
        "Take that element, for example with .item(); of several, np.exp and its like take the whole array.",
        "评分环境使用 NumPy {numpy}，不会把数组转换成单个数；旧版本在数组只有一个元素时可以。"
        "只有一个元素时，请取出这个元素，例如用 .item()；有多个元素时，请用 np.exp 这类能处理整个数组的函数。",
    ),
    "explain.integers": (
        "An array of integers takes no fractions in place. Make it one of floats, for example with dtype=float.",
        "整数数组不能就地存放小数。请改用浮点数组，例如写上 dtype=float。",
    ),
    "explain.python-2": (
        "This name belongs to Python 2. In Python 3, xrange is range, raw_input is input, and unicode and basestring "
        "are str.",
        "这是 Python 2 的名字。在 Python 3 中，xrange 是 range，raw_input 是 input，unicode 和 basestring 是 str。",
    ),
    "explain.name": (
        "This name has no value when this line runs. Is it assigned in a line that runs before, and spelled the same "
        "way there?",
        "运行到这一行时，这个名字还没有值。前面运行过的某一行给它赋值了吗？那里的拼写一致吗？",
    ),
    "explain.unbound": (
        "This name is assigned within the function, so there it is the function's own, whatever is called so outside. "
        "When this line runs, it has no value yet.",
        "函数内部给这个名字赋了值，所以在函数里它是局部变量，与外面的同名变量无关；运行到这一行时，它还没有值。",
    ),
    # What it is computed from may stand between, so nobody knows whether moving it would do.
    "explain.name-below": (
        "{name} is defined further down ({where}), and Python runs from top to bottom. Should that stand above, or is "
        "another name meant here?",
        "{name} 要到后面（{where}）才有定义，而 Python 从上往下运行。那一行应该放到前面，还是这里要用的是另一个名字？",
    ),
    # A function may lack the line that sets it, as well as the argument.
    "explain.name-left-out": (
        "{name} is assigned in your example ({where}), which is not run here. Should the function compute it, or be "
        "given it?",
        "{name} 是在你的示例中（{where}）赋值的，而评分时不运行示例。函数应该自己计算它，还是由参数得到它？",
    ),
    "explain.recursion": (
        "A function keeps calling itself, deeper than it may. Does that ever end?",
        "有函数不停地调用自己，超过了允许的层数。这样的调用会结束吗？",
    ),
    "explain.input": (
        "Nobody can answer input() in the grader; write the value into the script.",
        "评分时没有人回应 input()；请直接在脚本里给出数值。",
    ),
    "explain.full-width": (
        "The code contains full-width punctuation, for example （ or ，; use ( and , instead.",
        "代码中有全角标点，例如（ 或 ，；请改用半角 ( 和 ,。",
    ),
    "explain.f-string": (
        "Before Python 3.12 an f-string ends at the next quote like its own, also within braces: use the other kind of "
        "quotes there. If there are none, a closing brace is missing.",
        "在 Python 3.12 之前，f 字符串遇到与自己相同的引号就结束，花括号里也是如此：请在里面改用另一种引号。"
        "如果里面没有引号，就是少了一个右花括号。",
    ),
    "explain.backslash": (
        "Before Python 3.12 no backslash may stand within the braces of an f-string: give that part a name in a line "
        "above.",
        "在 Python 3.12 之前，f 字符串的花括号里不能有反斜杠：请在上面一行先把那一部分存进一个变量。",
    ),
    "explain.newer-syntax": (
        "Type parameters and type statements need Python 3.12 or later; the grader runs Python {python}.",
        "类型参数和 type 语句需要 Python 3.12 或更新的版本；评分环境使用 Python {python}。",
    ),
    "in-use": (
        "This was raised where the exercise itself runs your code: {source}",
        "这个错误出在练习运行你的代码的地方：{source}",
    ),
    # faults that are no exception of the student's
    "timeout": ("The script did not finish within the time limit.", "脚本没有在规定时间内运行完。"),
    "memory-limit": ("The script used more memory than allowed.", "脚本使用的内存超过了限制。"),
    "output-limit": ("The script printed more than allowed.", "脚本的输出超过了限制。"),
    "timeout-of-a-run": (
        "One run of the script may take {limit} s of processor time; here it was used up.",
        "脚本运行一次最多可用 {limit} 秒处理器时间；运行到这里时已经用完。",
    ),
    "timeout-of-all-runs": (
        "The script is too slow: all its runs on random numbers together may take {limit} s of processor time.",
        "脚本太慢：换用随机数值的所有运行合计最多可用 {limit} 秒处理器时间。",
    ),
    "memory-limit-of-a-run": (
        "The script may use {limit} MiB of memory; here it asked for more.",
        "脚本最多可用 {limit} MiB 内存；运行到这里时超过了限制。",
    ),
    "output-limit-of-a-run": (
        "One run of the script may print {limit} KiB; here it printed more.",
        "脚本运行一次最多可输出 {limit} KiB；运行到这里时超过了限制。",
    ),
    "crashed-signal": ("The script's process was ended by {detail}.", "脚本的进程被 {detail} 终止。"),
    "crashed-exit": (
        "The script ended its process itself, and its results were lost with it.",
        "脚本自己结束了进程，结果也随之丢失了。",
    ),
    "forbidden": (
        "The script tried to do something that is not allowed here (files, network, other processes): {message}",
        "脚本试图进行这里不允许的操作（文件、网络、其他进程）：{message}",
    ),
    "forbidden-file": (
        "The script needs a file that is not there. The grader has no files but the script and your own modules beside "
        "it: {message}",
        "脚本要用的文件不存在。评分环境中只有这个脚本和与它放在一起的你自己的模块：{message}",
    ),
    # without the command: it may name the machine's own Python
    "forbidden-program": (
        "The script starts another program, which is not allowed here, and stops where it cannot. Delete this line; "
        "nothing can be installed in the grader.",
        "脚本要启动另一个程序，启动不了就停了下来；这里不允许启动其他程序，也无法安装任何东西。请删除这一行。",
    ),
    "forbidden-thread": (
        "The grader cannot start this kind of thread: {message}",
        "评分环境无法启动这种线程：{message}",
    ),
    "best-attempt": (
        "The best attempt counts: number {number} of {of}.",
        "共提交 {of} 次，以得分最高的第 {number} 次为准。",
    ),
    "not-graded": (
        "The grader could not run this submission; this is not the student's fault: {reason}",
        "评分程序未能运行这份作业；这不是学生的错：{reason}",
    ),
    # what a diagnosis could not find out for it
    "no-time": (
        "The script is slow, so no time was left to find out which step is wrong.",
        "脚本运行太慢，没有时间查找是哪一步出错。",
    ),
    "no-diagnosis": (
        "We could not tell which step is wrong: the script stopped or took too long on further {cases}.",
        "没能查出是哪一步出错：脚本在更多{case}上运行时中断或超时了。",
    ),
    "cut-short": (
        "There may be more to mend than is said here: the script stopped or took too long while we tried other values "
        "in it.",
        "除了这里指出的，可能还有要改的地方：在脚本中试换其他值时，脚本中断或超时了。",
    ),
}
