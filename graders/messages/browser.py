"""The words of the page that grades in a browser, in English and Chinese."""

BROWSER: dict[str, tuple[str, str]] = {
    "lead": (
        "Fill in the TODOs, or open your file, and see what is right and what is not. "
        "Everything runs in this browser; nothing you write leaves this device.",
        "补全 TODO，或者打开你的文件，就能看到哪里对、哪里不对。一切都在这个浏览器里运行，你写的内容不会离开这台设备。",
    ),
    # Whoever can open the page can also change it, and its solution is in it: it is no grade.
    "feedback": (
        "This is feedback, not your grade.",
        "这里给出的是反馈，不是你的成绩。",
    ),
    "language": ("Language", "语言"),
    "editor": ("Your code", "你的代码"),
    # Kept in the browser: a reload by mistake loses nobody's work.
    "editor.hint": (
        "Ctrl+Enter checks. What you write is kept in this browser.",
        "按 Ctrl+Enter 检查。你写的内容会保存在这个浏览器里。",
    ),
    "check": ("Check", "检查"),
    "open": ("Open a file…", "打开文件…"),
    "open.hint": (
        "A .py or .ipynb file; you can also drop one anywhere on this page.",
        ".py 或 .ipynb 文件；也可以把文件拖到本页任意位置。",
    ),
    "clear": ("Start over", "重新开始"),
    "clear.hint": (
        "“Start over” puts the template back and deletes what this browser has kept.",
        "“重新开始”会恢复模板，并删除此浏览器保存的内容。",
    ),
    # Asked, since what is deleted is a student's only copy.
    "clear.sure": (
        "Delete what you wrote and start from the template?",
        "要删除你写的内容，从模板重新开始吗？",
    ),
    "print": ("Print the report", "打印报告"),
    "save": ("Save the report", "保存报告"),
    "report": ("Report", "报告"),
    "drop": ("Drop the file to check it.", "松开鼠标即可检查这个文件。"),
    "loading": ("Loading Python: {percent} %", "正在加载 Python：{percent}%"),
    "starting": ("Starting Python…", "正在启动 Python……"),
    "ready": ("Ready.", "已就绪。"),
    "checking": ("Checking {file}…", "正在检查 {file}……"),
    # Below the score, where the search takes long.
    "looking": ("Looking for the first wrong step…", "正在查找第一个出错的步骤……"),
    "waiting": (
        "Python is still starting; {file} will be checked right after.",
        "Python 还在启动，启动后会立即检查 {file}。",
    ),
    "stopped": (
        "Your script was stopped after {seconds} seconds.",
        "你的脚本运行了 {seconds} 秒后被停止。",
    ),
    "failed": (
        "This page cannot grade here: {reason}",
        "本页无法在这里评分：{reason}",
    ),
    "failed.load": (
        "a file could not be loaded ({file}). Check the network and reload the page.",
        "有文件加载失败（{file}）。请检查网络后重新加载本页。",
    ),
    "failed.wasm": (
        "this browser has no WebAssembly. Use a newer one.",
        "这个浏览器不支持 WebAssembly，请换用较新的浏览器。",
    ),
    "too-large": ("{file} is larger than {limit} MB.", "{file} 超过了 {limit} MB。"),
}
