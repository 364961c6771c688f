<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>AccountDialog</name>
        <message>
            <source>Account</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>New account</source>
            <translation>新增账户</translation>
        </message>
        <message>
            <source>The gateway's administrator has handed these out. Nothing is sent to try them.</source>
            <translation>以下信息由网关管理员提供。测试时不会发送任何短信。</translation>
        </message>
        <message>
            <source>Try and save</source>
            <translation>测试并保存</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>不修改</translation>
        </message>
        <message>
            <source>【Company】, or empty where the gateway adds it</source>
            <translation>【公司名】；由网关自动添加时留空</translation>
        </message>
        <message>
            <source>! http:// is not encrypted: password and numbers can be read on the way.</source>
            <translation>! http:// 没有加密，密码和号码在传输途中可能被看到。</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>What you call the account, for example “Marketing”.</source>
            <translation>您对这个账户的称呼，例如“营销”。</translation>
        </message>
        <message>
            <source>Gateway address</source>
            <translation>网关地址</translation>
        </message>
        <message>
            <source>The whole address, as the administrator gave it.</source>
            <translation>管理员提供的完整地址。</translation>
        </message>
        <message>
            <source>Gateway account</source>
            <translation>网关账号</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>密码</translation>
        </message>
        <message>
            <source>Kept in the system's keyring only.</source>
            <translation>只保存在系统密钥环中。</translation>
        </message>
        <message>
            <source>Access number</source>
            <translation>接入号</translation>
        </message>
        <message>
            <source>The number that messages come from, 106…</source>
            <translation>短信显示的发送号码，106 开头。</translation>
        </message>
        <message>
            <source>Signature</source>
            <translation>签名</translation>
        </message>
        <message>
            <source>Put in front of every bulk text.</source>
            <translation>自动加在每条群发短信的最前面。</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>as it is</source>
            <translation>明文</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>高级</translation>
        </message>
        <message>
            <source>Price of a segment (li)</source>
            <translation>单价（厘/条）</translation>
        </message>
        <message>
            <source>1 yuan is 1,000 li.</source>
            <translation>1 元 = 1000 厘。</translation>
        </message>
        <message>
            <source>Numbers a request</source>
            <translation>每次提交号码数</translation>
        </message>
        <message>
            <source>Requests at once</source>
            <translation>同时连接数</translation>
        </message>
        <message>
            <source>Messages a second</source>
            <translation>每秒条数上限</translation>
        </message>
        <message>
            <source>Separator of point-to-point lines</source>
            <translation>点对点分隔符</translation>
        </message>
        <message>
            <source>Line end of point-to-point lines</source>
            <translation>点对点换行符</translation>
        </message>
        <message>
            <source>Password goes out</source>
            <translation>密码发送方式</translation>
        </message>
        <message>
            <source>Enter the password.</source>
            <translation>请填写密码。</translation>
        </message>
        <message>
            <source>Asking the gateway for the balance…</source>
            <translation>正在向网关查询余额…</translation>
        </message>
        <message>
            <source>The account works. Balance: %1</source>
            <translation>账户可用，余额 %1</translation>
        </message>
    </context>
    <context>
        <name>BalancePage</name>
        <message>
            <source>Ask again</source>
            <translation>重新查询</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>余额</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Balance readings</source>
            <translation>余额记录</translation>
        </message>
        <message>
            <source>Not asked yet.</source>
            <translation>尚未查询。</translation>
        </message>
        <message>
            <source>Prepaid: what can still be sent for.</source>
            <translation>预付费：剩余可用金额。</translation>
        </message>
        <message>
            <source>Postpaid: below zero is what is owed.</source>
            <translation>后付费：负数为欠费金额。</translation>
        </message>
        <message>
            <source>As of %1</source>
            <translation>截至 %1</translation>
        </message>
    </context>
    <context>
        <name>BulkPage</name>
        <message>
            <source>Another file…</source>
            <translation>换一个文件…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>1  Recipients</source>
            <translation>1  收件人</translation>
        </message>
        <message>
            <source>Reading the file</source>
            <translation>读取进度</translation>
        </message>
        <message>
            <source>Drop a file here: Excel, WPS or text, with a column of mobile numbers.</source>
            <translation>把文件拖到这里：Excel、WPS 或文本文件，其中有一列手机号。</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>选择文件…</translation>
        </message>
        <message>
            <source>✓ Good</source>
            <translation>✓ 有效</translation>
        </message>
        <message>
            <source>✗ Wrong</source>
            <translation>✗ 错误</translation>
        </message>
        <message>
            <source>= Double</source>
            <translation>= 重复</translation>
        </message>
        <message>
            <source>○ Blank</source>
            <translation>○ 空白</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>总行数</translation>
        </message>
        <message>
            <source>Sheet</source>
            <translation>工作表</translation>
        </message>
        <message>
            <source>Number column</source>
            <translation>号码列</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Cell</source>
            <translation>单元格内容</translation>
        </message>
        <message>
            <source>Why it is left out</source>
            <translation>剔除原因</translation>
        </message>
        <message>
            <source>Save these rows…</source>
            <translation>保存这些行…</translation>
        </message>
        <message>
            <source>Rows that are left out</source>
            <translation>被剔除的行</translation>
        </message>
        <message>
            <source>Insert a column</source>
            <translation>插入列</translation>
        </message>
        <message>
            <source>2  Text</source>
            <translation>2  短信内容</translation>
        </message>
        <message>
            <source>Signature, put in front of the text</source>
            <translation>签名，自动加在内容前面</translation>
        </message>
        <message>
            <source>The account's signature; it is put in front of the text.</source>
            <translation>账户的签名，自动加在内容前面。</translation>
        </message>
        <message>
            <source>Text of the message</source>
            <translation>短信内容</translation>
        </message>
        <message>
            <source>Write the message here. {column} puts in each person's own value.</source>
            <translation>在这里写短信内容。用 {列名} 代入每个人自己的信息。</translation>
        </message>
        <message>
            <source>Length of the message</source>
            <translation>短信长度</translation>
        </message>
        <message>
            <source>The text of the first person</source>
            <translation>第一位收件人的短信</translation>
        </message>
        <message>
            <source>3  Send</source>
            <translation>3  发送</translation>
        </message>
        <message>
            <source>Import recipients</source>
            <translation>导入收件人</translation>
        </message>
        <message>
            <source>Spreadsheets and text files (%1);;All files (*)</source>
            <translation>表格和文本文件 (%1);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Reading %1…</source>
            <translation>正在读取 %1…</translation>
        </message>
        <message>
            <source>Reading %1: %2 rows</source>
            <translation>正在读取 %1：%2 行</translation>
        </message>
        <message>
            <source>%1 · numbers to send to: %2</source>
            <translation>%1 · 可发送号码 %2 个</translation>
        </message>
        <message>
            <source>%1 rows are left out:</source>
            <translation>剔除了 %1 行：</translation>
        </message>
        <message>
            <source> - left out</source>
            <translation>-剔除</translation>
        </message>
        <message>
            <source>Save the rows that are left out</source>
            <translation>保存被剔除的行</translation>
        </message>
        <message>
            <source>Excel workbook (*.xlsx)</source>
            <translation>Excel 工作簿 (*.xlsx)</translation>
        </message>
        <message>
            <source>%1 rows saved to %2. Mend them there and import that file.</source>
            <translation>已将 %1 行保存到 %2。在文件里改正后可再次导入。</translation>
        </message>
        <message>
            <source>The first person has no value for “%1”.</source>
            <translation>第一位收件人的“%1”是空的。</translation>
        </message>
        <message>
            <source>Characters %1 · segments %2</source>
            <translation>字数 %1 · 计费条数 %2</translation>
        </message>
        <message>
            <source>First person's text: %1</source>
            <translation>第一位收件人将收到：%1</translation>
        </message>
    </context>
    <context>
        <name>CampaignProgress</name>
        <message>
            <source>Progress of the campaign</source>
            <translation>任务进度</translation>
        </message>
        <message>
            <source>What is in doubt</source>
            <translation>存疑情况</translation>
        </message>
        <message>
            <source>Treat as sent</source>
            <translation>视为已发送</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始发送</translation>
        </message>
        <message>
            <source>Send rejected ones again</source>
            <translation>重发被退回的</translation>
        </message>
        <message>
            <source>Send in-doubt ones again…</source>
            <translation>重发存疑的…</translation>
        </message>
        <message>
            <source>Cancel the rest…</source>
            <translation>取消剩余…</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续发送</translation>
        </message>
        <message>
            <source>Start now</source>
            <translation>立即开始</translation>
        </message>
        <message>
            <source>Starts by itself at %1</source>
            <translation>将于 %1 自动开始</translation>
        </message>
        <message>
            <source>%1 in doubt since %2: %3</source>
            <translation>%2 起存疑 %1 条：%3</translation>
        </message>
        <message>
            <source>You can wait: a status report settles each of them by itself.</source>
            <translation>可以等待：收到状态报告后会自动确认。</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>总数</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>待发</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>已受理</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>被退回</translation>
        </message>
        <message>
            <source>In doubt</source>
            <translation>存疑</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>未发送</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>已送达</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>%1 messages a second, about %2 left</source>
            <translation>每秒 %1 条，约剩 %2</translation>
        </message>
        <message>
            <source>slowed down, since the gateway is busy</source>
            <translation>网关繁忙，已自动降速</translation>
        </message>
        <message>
            <source>%1 messages are in doubt: they may have reached their recipients. Sent again, they may come twice, and be charged twice.

Send them again all the same?</source>
            <translation>有 %1 条短信存疑：它们可能已经送到。重发可能让对方收到两次，并重复计费。

仍要重发吗？</translation>
        </message>
        <message>
            <source>Send again</source>
            <translation>重发</translation>
        </message>
        <message>
            <source>%1 messages that have not been sent will be left out for good. What was sent stays.</source>
            <translation>尚未发送的 %1 条将不再发送，已发送的不受影响。</translation>
        </message>
        <message>
            <source>Cancel the rest</source>
            <translation>取消剩余</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
    </context>
    <context>
        <name>CampaignsPage</name>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>总数</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>已送达</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Starts</source>
            <translation>开始时间</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>创建时间</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Nothing has been sent yet. Start on the page “Bulk send”.</source>
            <translation>还没有发送过任务，请从“群发”开始。</translation>
        </message>
        <message>
            <source>Bulk send</source>
            <translation>群发</translation>
        </message>
        <message>
            <source>Point-to-point</source>
            <translation>点对点</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Check before sending</source>
            <translation>发送前确认</translation>
        </message>
        <message>
            <source>Send %1 messages?</source>
            <translation>要发送 %1 条短信吗？</translation>
        </message>
        <message>
            <source>! The balance is too low for this campaign.</source>
            <translation>! 余额不足以发送本次任务。</translation>
        </message>
        <message>
            <source>Send %1 messages</source>
            <translation>发送 %1 条</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>短信</translation>
        </message>
        <message>
            <source>Charged segments</source>
            <translation>计费条数</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>费用</translation>
        </message>
        <message>
            <source>%1 (balance %2)</source>
            <translation>%1（余额 %2）</translation>
        </message>
        <message>
            <source>When</source>
            <translation>发送时间</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>Access number</source>
            <translation>接入号</translation>
        </message>
        <message>
            <source>Left out (blocklist)</source>
            <translation>黑名单剔除</translation>
        </message>
        <message>
            <source>at %1</source>
            <translation>%1</translation>
        </message>
        <message>
            <source>now</source>
            <translation>立即</translation>
        </message>
        <message>
            <source>%1 only</source>
            <translation>仅 %1 发送</translation>
        </message>
        <message>
            <source>%1 of %2 segments</source>
            <translation>%2 条计费的 %1 条</translation>
        </message>
        <message>
            <source>The text of the first message</source>
            <translation>第一条短信的内容</translation>
        </message>
    </context>
    <context>
        <name>InboxPage</name>
        <message>
            <source>Search by number</source>
            <translation>按号码查找</translation>
        </message>
        <message>
            <source>Fetch now</source>
            <translation>立即获取</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>Fetching of reports and replies</source>
            <translation>报告和回复的获取情况</translation>
        </message>
        <message>
            <source>Bulk send</source>
            <translation>群发</translation>
        </message>
        <message>
            <source>Point-to-point</source>
            <translation>点对点</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Status reports</source>
            <translation>状态报告</translation>
        </message>
        <message>
            <source>Replies</source>
            <translation>上行回复</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>余额</translation>
        </message>
        <message>
            <source>Account that sends</source>
            <translation>发送账户</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>! Fetching failed at %1: %2 Next try in %3.</source>
            <translation>! %1 获取失败：%2 %3后重试。</translation>
        </message>
        <message>
            <source>✓ Reports and replies fetched at %1. Again in %2.</source>
            <translation>✓ %1 已获取报告和回复，%2后再次获取。</translation>
        </message>
        <message>
            <source>A campaign is being sent. Close all the same? It is paused, and can go on later.</source>
            <translation>有任务正在发送，仍要关闭吗？任务会暂停，以后可以继续。</translation>
        </message>
        <message>
            <source>Pause and close</source>
            <translation>暂停并关闭</translation>
        </message>
        <message>
            <source>Go on sending</source>
            <translation>继续发送</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Close this message</source>
            <translation>关闭此提示</translation>
        </message>
    </context>
    <context>
        <name>P2pPage</name>
        <message>
            <source>Send</source>
            <translation>发送</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>短信</translation>
        </message>
        <message>
            <source>One message a line: number#text. Two columns copied from a spreadsheet can be pasted. The text goes out as it stands here, so write the signature in it.</source>
            <translation>每行一条：手机号#内容。可以直接粘贴从表格复制的两列。内容按原样发送，请自行写上签名。</translation>
        </message>
        <message>
            <source>Messages, one a line: number#text</source>
            <translation>短信，每行一条：手机号#内容</translation>
        </message>
        <message>
            <source>13800000000#【Signature】Your text</source>
            <translation>13800000000#【签名】短信内容</translation>
        </message>
        <message>
            <source>How many lines are right and wrong</source>
            <translation>正确和错误的行数</translation>
        </message>
        <message>
            <source>Lines to look at</source>
            <translation>需要检查的行</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>行</translation>
        </message>
        <message>
            <source>What is the matter</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>The number stands in line %1 already.</source>
            <translation>号码与第 %1 行重复。</translation>
        </message>
        <message>
            <source>✓ Good %1 · ✗ Wrong %2 · = Double %3 · Segments %4</source>
            <translation>✓ 正确 %1 · ✗ 错误 %2 · = 重复 %3 · 计费条数 %4</translation>
        </message>
        <message>
            <source>Point-to-point</source>
            <translation>点对点</translation>
        </message>
        <message>
            <source>typed in</source>
            <translation>手工输入</translation>
        </message>
    </context>
    <context>
        <name>RepliesPage</name>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>号码</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>回复内容</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>The text that it answers</source>
            <translation>所回复的短信</translation>
        </message>
        <message>
            <source>No replies yet. They are fetched by themselves.</source>
            <translation>还没有回复，程序会自动获取。</translation>
        </message>
        <message>
            <source>Replies</source>
            <translation>上行回复</translation>
        </message>
        <message>
            <source>Opted out</source>
            <translation>已退订</translation>
        </message>
    </context>
    <context>
        <name>ReportsPage</name>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>号码</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>状态码</translation>
        </message>
        <message>
            <source>What it means</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>短信内容</translation>
        </message>
        <message>
            <source>No status reports yet. They are fetched by themselves after sending.</source>
            <translation>还没有状态报告，发送后会自动获取。</translation>
        </message>
        <message>
            <source>Status reports</source>
            <translation>状态报告</translation>
        </message>
        <message>
            <source>(not sent from here)</source>
            <translation>（非本机发送）</translation>
        </message>
    </context>
    <context>
        <name>SendingPage</name>
        <message>
            <source>Check and send…</source>
            <translation>检查并发送…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Name of the campaign</source>
            <translation>任务名称</translation>
        </message>
        <message>
            <source>Name of the campaign (optional)</source>
            <translation>任务名称（可不填）</translation>
        </message>
        <message>
            <source>Marketing (%1 only)</source>
            <translation>营销短信（仅 %1 发送）</translation>
        </message>
        <message>
            <source>Pauses overnight and goes on by itself in the morning. China time.</source>
            <translation>夜间自动暂停，次日早上自动继续（北京时间）。</translation>
        </message>
        <message>
            <source>Start at</source>
            <translation>定时发送</translation>
        </message>
        <message>
            <source>When it starts, China time</source>
            <translation>开始时间（北京时间）</translation>
        </message>
        <message>
            <source>Preparing the messages</source>
            <translation>准备进度</translation>
        </message>
        <message>
            <source>Preparing messages: %1 of %2</source>
            <translation>正在准备短信：%1 / %2</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>New account…</source>
            <translation>新增账户…</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>修改…</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>删除…</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>窗口</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Gateway address</source>
            <translation>网关地址</translation>
        </message>
        <message>
            <source>Access number</source>
            <translation>接入号</translation>
        </message>
        <message>
            <source>Encrypted</source>
            <translation>加密</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>as the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source> s</source>
            <translation> 秒</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Fetch reports and replies every</source>
            <translation>获取报告和回复的间隔</translation>
        </message>
        <message>
            <source>The language changes when the program is started the next time.</source>
            <translation>语言将在下次启动时生效。</translation>
        </message>
        <message>
            <source>Remove the account “%1” and its password? What was sent by it stays in the lists.</source>
            <translation>要删除账户“%1”及其密码吗？用它发送过的记录仍会保留。</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>删除</translation>
        </message>
    </context>
    <context>
        <name>Texts</name>
        <message>
            <source>%1 s</source>
            <translation>%1 秒</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 分钟</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 小时 %2 分</translation>
        </message>
        <message>
            <source>Being prepared</source>
            <translation>准备中</translation>
        </message>
        <message>
            <source>Waiting to start</source>
            <translation>等待开始</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>发送中</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>已送达</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Under way</source>
            <translation>途中</translation>
        </message>
    </context>
    <context>
        <name>_Program</name>
        <message>
            <source>SMS Desk – practice</source>
            <translation>SMS Desk – 练习</translation>
        </message>
    </context>
</TS>
