<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About SMS Desk</source>
        <translation>关于 SMS Desk</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>所用组件</translation>
    </message>
    <message>
        <source>SMS Desk %1</source>
        <translation>SMS Desk %1</translation>
    </message>
    <message>
        <source>SMS campaigns from a workstation. Free to use under the MIT licence.</source>
        <translation>在电脑上群发短信。按 MIT 许可证免费使用。</translation>
    </message>
    <message>
        <source>It is made of these parts; the icons are Lucide&apos;s.</source>
        <translation>程序用到以下组件；图标来自 Lucide。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>新增账号</translation>
    </message>
    <message>
        <source>The gateway&apos;s administrator has handed these out. Nothing is sent to try them.</source>
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
        <source>1 yuan is 1,000 li. Where it is not known, it is estimated from what earlier sends cost.</source>
        <translation>1 元等于 1000 厘。单价未知时，程序按以往扣费估算。</translation>
    </message>
    <message>
        <source>Price of a segment (li)</source>
        <translation>单价（厘/条）</translation>
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
        <source>May send abroad</source>
        <translation>可发往境外</translation>
    </message>
    <message>
        <source>Numbers written with + or 00 and their country. Ask the administrator first.</source>
        <translation>含港澳台；号码以 + 或 00 加国家（地区）代码开头。请先向网关管理员确认已开通。</translation>
    </message>
    <message>
        <source>Plain GSM 03.38 text counts 160/153</source>
        <translation>纯 GSM 03.38 内容按 160/153 计</translation>
    </message>
    <message>
        <source>English letters, digits and common signs only: 160 to a segment, 153 where there are several, instead of 70 and 67. Ask the administrator whether the gateway charges so.</source>
        <translation>只含英文字母、数字和常用符号的短信：一条 160 字，长短信每条 153 字，而不是 70 和 67。网关是否这样计费，请先问管理员。</translation>
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
        <source>The account works. %1</source>
        <translation>账号可用。%1</translation>
    </message>
</context>
<context>
    <name>AccountFields</name>
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
        <translation>您对这个账号的称呼，例如“营销”。</translation>
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
        <source>Kept in the system&apos;s keyring, or not at all.</source>
        <translation>只保存在系统密钥环里，或者不保存。</translation>
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
        <source>unchanged</source>
        <translation>不修改</translation>
    </message>
</context>
<context>
    <name>AccountsTopic</name>
    <message>
        <source>New account…</source>
        <translation>新增账号…</translation>
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
        <source>Name</source>
        <translation>名称</translation>
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
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Remove the account “%1” and its password? What was sent by it stays in the lists.</source>
        <translation>要删除账号“%1”及其密码吗？用它发送过的记录仍会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>AddressStep</name>
    <message>
        <source>Where is the gateway?</source>
        <translation>网关地址</translation>
    </message>
    <message>
        <source>Paste the address whole, with its port and path, as it was given.</source>
        <translation>请把管理员提供的地址完整粘贴进来，包括端口和路径。</translation>
    </message>
    <message>
        <source>Whether the address answers</source>
        <translation>地址能否连通</translation>
    </message>
    <message>
        <source>Trying the address…</source>
        <translation>正在检查地址…</translation>
    </message>
    <message>
        <source>✓ The address answers.</source>
        <translation>✓ 地址可以连通。</translation>
    </message>
</context>
<context>
    <name>AdvancedTopic</name>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Receive pushes…</source>
        <translation>接收推送…</translation>
    </message>
</context>
<context>
    <name>AnswerBox</name>
    <message>
        <source>Your answer</source>
        <translation>您的回复</translation>
    </message>
    <message>
        <source>Write an answer; Ctrl+Enter sends it</source>
        <translation>在此回复，Ctrl+Enter 发送</translation>
    </message>
    <message>
        <source>Length of the answer</source>
        <translation>回复的长度</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>%1 %2 · characters %3 · segments %4</source>
        <translation>%1 %2 · 字数 %3 · 计费条数 %4</translation>
    </message>
    <message>
        <source>Answer to %1</source>
        <translation>回复 %1</translation>
    </message>
</context>
<context>
    <name>BalanceHistory</name>
    <message>
        <source>How far back</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Balance over time</source>
        <translation>余额走势</translation>
    </message>
    <message>
        <source>No readings in this time.</source>
        <translation>这段时间没有余额记录。</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>显示时间</translation>
    </message>
    <message>
        <source>%1 top-ups or repayments, %2 in all. Where much has changed, not every reading is shown.</source>
        <translation>充值或还款 %1 次，共 %2。变化很多时不逐条显示。</translation>
    </message>
    <message>
        <source>owed %1</source>
        <translation>欠费 %1</translation>
    </message>
    <message>
        <source>in: %1</source>
        <translation>充值或还款 %1</translation>
    </message>
</context>
<context>
    <name>BalancePage</name>
    <message>
        <source>Views of the balance</source>
        <translation>余额的各个视图</translation>
    </message>
    <message>
        <source>History</source>
        <translation>余额走势</translation>
    </message>
    <message>
        <source>Spent a day</source>
        <translation>每日花费</translation>
    </message>
    <message>
        <source>Spent by campaign</source>
        <translation>各任务花费</translation>
    </message>
    <message>
        <source>The gateway&apos;s own figures</source>
        <translation>网关统计对照</translation>
    </message>
    <message>
        <source>There is no account yet</source>
        <translation>还没有账号</translation>
    </message>
    <message>
        <source>Here you see what the gateway account holds, where the money went, and how long it lasts.</source>
        <translation>这里可以看到网关账号的余额、花在了哪里，以及还能用多久。</translation>
    </message>
    <message>
        <source>Connect an account…</source>
        <translation>添加账号…</translation>
    </message>
    <message>
        <source>Warn below…</source>
        <translation>余额提醒…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Postpaid: what is sent is paid later; the credit used so far is owed.</source>
        <translation>后付费：先发送后付款，已用的额度即为欠费。</translation>
    </message>
    <message>
        <source>! %1. Have the account topped up.</source>
        <translation>! %1。请及时充值。</translation>
    </message>
    <message>
        <source>! %1: campaigns pause. Have the account topped up.</source>
        <translation>! %1，任务会暂停。请及时充值。</translation>
    </message>
    <message>
        <source>✓ You are warned below %1.</source>
        <translation>✓ 余额低于 %1 时提醒。</translation>
    </message>
    <message>
        <source>✓ You are warned when over %1 is owed.</source>
        <translation>✓ 欠费超过 %1 时提醒。</translation>
    </message>
    <message>
        <source>Nothing was spent in the last %1 days.</source>
        <translation>最近 %1 天没有花费。</translation>
    </message>
    <message>
        <source>Days it lasts: about %1, at %2 a day, the average of the last %3 days.</source>
        <translation>约可再用 %1 天：按最近 %3 天平均每天 %2 估算。</translation>
    </message>
    <message>
        <source>Days to your limit: about %1, at %2 a day, the average of the last %3 days.</source>
        <translation>约 %1 天后到提醒线：按最近 %3 天平均每天 %2 估算。</translation>
    </message>
    <message>
        <source>Less than a day is left, at %2 a day, the average of the last %3 days.</source>
        <translation>不足一天：按最近 %3 天平均每天 %2 估算。</translation>
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
        <source>As of %1</source>
        <translation>截至 %1</translation>
    </message>
</context>
<context>
    <name>BlocklistPage</name>
    <message>
        <source>On the blocklist</source>
        <translation>黑名单中</translation>
    </message>
    <message>
        <source>Taken off it</source>
        <translation>已移出</translation>
    </message>
    <message>
        <source>Which numbers are shown</source>
        <translation>显示哪些号码</translation>
    </message>
    <message>
        <source>Add numbers…</source>
        <translation>添加号码…</translation>
    </message>
    <message>
        <source>Search by the number&apos;s beginning</source>
        <translation>按号码开头查找</translation>
    </message>
    <message>
        <source>Opt-out words…</source>
        <translation>退订词…</translation>
    </message>
    <message>
        <source>Take off…</source>
        <translation>移出黑名单…</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>往来记录…</translation>
    </message>
    <message>
        <source>Adding numbers</source>
        <translation>正在添加号码</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Blocklist</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>Nobody is on the blocklist</source>
        <translation>黑名单是空的</translation>
    </message>
    <message>
        <source>Who is on it gets no message, not even from a campaign that is on its way. Who replies TD or 退订 comes here by itself; add the numbers that another system has.</source>
        <translation>黑名单里的号码收不到任何短信，正在发送的任务也会跳过它们。回复 TD 或“退订”的号码会自动加入；其他系统里的黑名单可以在这里导入。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>加入时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复内容</translation>
    </message>
    <message>
        <source>Taken off</source>
        <translation>移出情况</translation>
    </message>
    <message>
        <source>Numbers on the blocklist: %1</source>
        <translation>黑名单共 %1 个号码</translation>
    </message>
    <message>
        <source>for example: complained by phone</source>
        <translation>例如：来电投诉</translation>
    </message>
    <message>
        <source>Add to the blocklist</source>
        <translation>添加到黑名单</translation>
    </message>
    <message>
        <source>Put on the blocklist: %1</source>
        <translation>将 %1 个号码加入黑名单</translation>
    </message>
    <message>
        <source>Numbers that get messages again: %1. Why? It is kept with your name and the time.</source>
        <translation>移出后，这 %1 个号码会重新收到短信。请填写原因，将与您的用户名和时间一并保存。</translation>
    </message>
    <message>
        <source>! Of these, asked by a reply to get no more: %1.</source>
        <translation>! 其中 %1 人曾回复要求退订。</translation>
    </message>
    <message>
        <source>Take off the blocklist</source>
        <translation>移出黑名单</translation>
    </message>
    <message>
        <source>Taken off the blocklist: %1.</source>
        <translation>已将 %1 个号码移出黑名单。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>What we wrote</source>
        <translation>我方发送的内容</translation>
    </message>
    <message>
        <source>What they wrote</source>
        <translation>对方回复的内容</translation>
    </message>
    <message>
        <source>Show the whole text</source>
        <translation>显示全文</translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message>
        <source>Recipients</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>There is a list on this page already. Replace it by the group?</source>
        <translation>本页已有名单，要替换为该分组吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Campaign: %1</source>
        <translation>任务：%1</translation>
    </message>
    <message>
        <source>The text is here. Its values came from %1: add that list again.</source>
        <translation>内容已填好。占位符的值来自“%1”，请重新添加该名单。</translation>
    </message>
</context>
<context>
    <name>CampaignCharts</name>
    <message>
        <source>People</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已提交</translation>
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
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>投递中</translation>
    </message>
    <message>
        <source>No report yet</source>
        <translation>尚无报告</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>People who replied</source>
        <translation>回复人数</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>退订人数</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>发送漏斗</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Accepted
so far</source>
        <translation>累计受理</translation>
    </message>
    <message>
        <source>Delivered
so far</source>
        <translation>累计送达</translation>
    </message>
    <message>
        <source>Failed
so far</source>
        <translation>累计失败</translation>
    </message>
    <message>
        <source>Delivery over time</source>
        <translation>送达趋势</translation>
    </message>
    <message>
        <source>Nothing has been submitted yet.</source>
        <translation>还没有提交任何短信。</translation>
    </message>
    <message>
        <source>Intervals of %1.</source>
        <translation>每个时段 %1。</translation>
    </message>
    <message>
        <source>From submission to delivery: half within %1, 90 % within %2 (of %3 delivered).</source>
        <translation>从提交到送达：一半在 %1 内，90% 在 %2 内（共送达 %3 条）。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理建议</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>CampaignCosts</name>
    <message>
        <source>Campaign</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
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
        <source>How it is known</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>“Measured” is by how much the balance fell while nothing else was sent with the login. Where that cannot be told apart, the accepted segments are multiplied by the price.</source>
        <translation>“实测”是该账号没有发送其他短信期间余额减少的金额；无法区分时，按已受理的计费条数乘以单价计算。</translation>
    </message>
    <message>
        <source>Spent by campaign</source>
        <translation>各任务花费</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>? No price is known</source>
        <translation>? 单价未知</translation>
    </message>
    <message>
        <source>✓ Measured</source>
        <translation>✓ 实测</translation>
    </message>
    <message>
        <source>≈ Segments × price</source>
        <translation>≈ 条数 × 单价</translation>
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
        <source>See the results</source>
        <translation>查看结果</translation>
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
        <translation>待发送</translation>
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
        <source>Messages a second: %1; about %2 left</source>
        <translation>每秒 %1 条，预计还需 %2</translation>
    </message>
    <message>
        <source>slowed down, since the gateway is busy</source>
        <translation>网关繁忙，已自动降速</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍要继续</translation>
    </message>
    <message>
        <source>Messages in doubt: %1. They may have reached their recipients. Sent again, they may come twice, and be charged twice.

Send them again all the same?</source>
        <translation>有 %1 条短信存疑：它们可能已经送到。重发可能让对方收到两次，并重复计费。

仍要重发吗？</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Messages not sent yet: %1. They will be left out for good. What was sent stays.</source>
        <translation>尚未发送的 %1 条将不再发送，已发送的不受影响。</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>取消剩余</translation>
    </message>
</context>
<context>
    <name>CampaignView</name>
    <message>
        <source>The chosen campaign</source>
        <translation>所选任务</translation>
    </message>
    <message>
        <source>By operator</source>
        <translation>按运营商</translation>
    </message>
    <message>
        <source>By province or country</source>
        <translation>按省份或国家/地区</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>送达趋势</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>运营商与地区</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>图表内容</translation>
    </message>
    <message>
        <source>All so far</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>In each interval</source>
        <translation>各时段</translation>
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
        <source>Total</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
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
        <source>Use again as a draft</source>
        <translation>复制为新草稿</translation>
    </message>
    <message>
        <source>Its text, and its people, on the page that sends. Nothing is sent.</source>
        <translation>把内容和收件人放到发送页，不会直接发送。</translation>
    </message>
    <message>
        <source>Put its people on the blocklist…</source>
        <translation>收件人加入黑名单…</translation>
    </message>
    <message>
        <source>Its status reports</source>
        <translation>查看状态报告</translation>
    </message>
    <message>
        <source>Every message of the chosen campaign, on the page “Status reports”.</source>
        <translation>在“状态报告”页查看所选任务的每一条短信。</translation>
    </message>
    <message>
        <source>Messages of a campaign</source>
        <translation>任务短信明细</translation>
    </message>
    <message>
        <source>Export its messages…</source>
        <translation>导出短信明细…</translation>
    </message>
    <message>
        <source>Report as PDF…</source>
        <translation>导出 PDF 报告…</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>还没有发送过短信</translation>
    </message>
    <message>
        <source>Each send is a campaign. Here you follow how it goes, pause it, and see what came of it.</source>
        <translation>每次发送都是一个任务。在这里可以看进度、暂停或继续，并查看发送结果。</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>新建群发</translation>
    </message>
    <message>
        <source>◷ Starts %1</source>
        <translation>◷ %1 开始</translation>
    </message>
    <message>
        <source>The report is saved to %1.</source>
        <translation>报告已保存到 %1。</translation>
    </message>
    <message>
        <source>All people of “%2” (messages: %1) get no message any more, from no campaign.</source>
        <translation>任务“%2”的全部收件人（%1 条短信）将不再收到任何任务的短信。</translation>
    </message>
    <message>
        <source>Put on the blocklist</source>
        <translation>加入黑名单</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Copy figures</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Save as picture…</source>
        <translation>保存为图片…</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>A chart; the table has its figures.</source>
        <translation>图表；数据见表格。</translation>
    </message>
    <message>
        <source>The figures are on the clipboard.</source>
        <translation>数据已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save as picture</source>
        <translation>保存为图片</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>The chart is saved to %1.</source>
        <translation>图表已保存到 %1。</translation>
    </message>
</context>
<context>
    <name>ChooseStep</name>
    <message>
        <source>Welcome to SMS Desk</source>
        <translation>欢迎使用 SMS Desk</translation>
    </message>
    <message>
        <source>Send messages to many people, and see who got them and what they answer. How do you want to begin?</source>
        <translation>群发短信，查看谁收到了、回复了什么。您想怎样开始？</translation>
    </message>
    <message>
        <source>Try it with the practice gateway</source>
        <translation>先用练习网关试试</translation>
    </message>
    <message>
        <source>Nothing to prepare: everything works as in earnest, but no message leaves this computer.</source>
        <translation>不用准备任何资料。操作和正式使用一样，但短信不会发给任何人。</translation>
    </message>
    <message>
        <source>Connect an account</source>
        <translation>添加账号</translation>
    </message>
    <message>
        <source>You need what the gateway&apos;s administrator gave you: address, account, password, access number.</source>
        <translation>请准备好网关管理员提供的资料：网关地址、账号、密码、接入号。</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Delivered</source>
        <translation>送达率</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败率</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>退回率</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>回复率</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>退订率</translation>
    </message>
    <message>
        <source>Choose 2 to %1 campaigns in the list, with Ctrl or Shift held down.</source>
        <translation>请按住 Ctrl 或 Shift 在列表中选择 2 到 %1 个任务。</translation>
    </message>
    <message>
        <source>The rate that is drawn</source>
        <translation>图表中的比率</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>任务对比</translation>
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
        <source>I have read this, and want to send all the same</source>
        <translation>我已阅读以上提醒，仍要发送</translation>
    </message>
    <message>
        <source>Type %1 to confirm so many messages</source>
        <translation>请输入 %1 以确认发送条数</translation>
    </message>
    <message>
        <source>Send %1 messages</source>
        <translation>发送 %1 条</translation>
    </message>
    <message>
        <source>Send the message?</source>
        <translation>确认发送这条短信？</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送这条短信</translation>
    </message>
    <message>
        <source>Nobody is left to send to</source>
        <translation>没有可发送的人了</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>✗ To be mended before sending: %1</source>
        <translation>✗ 发送前还要处理 %1 项</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>People</source>
        <translation>收件人数</translation>
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
        <source>Estimated cost</source>
        <translation>预计费用</translation>
    </message>
    <message>
        <source>When</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>the cost is an estimate from earlier sends</source>
        <translation>费用按以往发送估算</translation>
    </message>
    <message>
        <source>%1, in %2 days</source>
        <translation>%1（%2 天后）</translation>
    </message>
    <message>
        <source>must be mended</source>
        <translation>必须改正</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>请留意</translation>
    </message>
    <message>
        <source>to know</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送账号</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>owed so far: %1</source>
        <translation>目前欠费 %1</translation>
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
        <source>%1 (segments: %2)</source>
        <translation>%2 条计费的 %1 条</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>条数分布</translation>
    </message>
    <message>
        <source>The text of the first message</source>
        <translation>第一条短信的内容</translation>
    </message>
</context>
<context>
    <name>ConversationFilters</name>
    <message>
        <source>Number, name or text (Ctrl+F)</source>
        <translation>搜索号码、姓名、内容（Ctrl+F）</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>已退订</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Only with the label</source>
        <translation>只看此标签</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>全部标为已读</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>立即获取</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>上行回复</translation>
    </message>
    <message>
        <source>How the search goes</source>
        <translation>搜索进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>全部标签</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Searching… %1 %</source>
        <translation>正在搜索… %1 %</translation>
    </message>
    <message>
        <source>Found: %1</source>
        <translation>找到 %1 个会话</translation>
    </message>
    <message>
        <source>The first %1 are shown; type more to find fewer.</source>
        <translation>只显示前 %1 个，请输入更多内容以缩小范围。</translation>
    </message>
    <message>
        <source>Marking as read… %1 %</source>
        <translation>正在标为已读… %1 %</translation>
    </message>
    <message>
        <source>Marking as read…</source>
        <translation>正在标为已读…</translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
    <message>
        <source>%1 unread</source>
        <translation>%1 条未读</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>已退订</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>Opted out once</source>
        <translation>曾退订</translation>
    </message>
</context>
<context>
    <name>DamagedDialog</name>
    <message>
        <source>Choose a backup: it takes the place of the damaged file, which is kept beside it. Nothing is sent by itself then. Backups that the program made itself lie in the folder of the data.</source>
        <translation>请选择一个备份来替换损坏的数据文件，损坏的文件会在旁边另存一份。恢复后不会自动发送任何短信。程序自己留下的副本在数据目录中。</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>恢复备份…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Backup (*.sqlite3)</source>
        <translation>备份 (*.sqlite3)</translation>
    </message>
</context>
<context>
    <name>DataDialog</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Old data</source>
        <translation>旧数据</translation>
    </message>
    <message>
        <source>Everything is kept for ever unless you say otherwise here. The blocklist, unfinished campaigns, messages in doubt and the counts of each campaign always stay.</source>
        <translation>除非您在这里另行设定，所有数据永久保留。黑名单、未完成的任务、存疑的短信以及各任务的计数始终保留。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back up now…</source>
        <translation>立即备份…</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>恢复备份…</translation>
    </message>
    <message>
        <source>Delete the copies…</source>
        <translation>删除副本…</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>anonymise: numbers and personal texts go, the figures stay</source>
        <translation>匿名化：去掉号码和个人内容，保留统计数字</translation>
    </message>
    <message>
        <source>delete: only the campaigns with their counts stay</source>
        <translation>删除：只保留任务及其计数</translation>
    </message>
    <message>
        <source>Count what is old</source>
        <translation>统计旧数据</translation>
    </message>
    <message>
        <source>Do it now…</source>
        <translation>立即执行…</translation>
    </message>
    <message>
        <source>Do so every day by itself (count first)</source>
        <translation>每天自动执行（请先统计）</translation>
    </message>
    <message>
        <source>Older than</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>The data are in a PostgreSQL database.</source>
        <translation>数据在 PostgreSQL 数据库中。</translation>
    </message>
    <message>
        <source>%1, %2 MB.</source>
        <translation>%1，%2 MB。</translation>
    </message>
    <message>
        <source>Passwords are in the system&apos;s keyring, and in no backup.</source>
        <translation>密码保存在系统密钥环中，不会进入任何备份。</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Backup (*.sqlite3)</source>
        <translation>备份 (*.sqlite3)</translation>
    </message>
    <message>
        <source>Saved to %1 and checked: %2</source>
        <translation>已保存到 %1 并校验：%2</translation>
    </message>
    <message>
        <source>%1 MB. Campaigns %2, messages %3, replies %4, people %5, on the blocklist %6.</source>
        <translation>%1 MB，任务 %2 个，短信 %3 条，回复 %4 条，联系人 %5 人，黑名单 %6 个。</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Backup of %1: %2

It takes the place of what is here, which is kept beside it. The program closes; start it again to work with the backup. Campaigns that were not finished then stand still, since what was sent after the backup is not known in it.</source>
        <translation>%1 的备份：%2

它将替换现有数据，现有数据会在旁边另存一份。程序随后关闭，请重新启动后使用备份的数据。备份时未完成的任务会停住：备份之后是否已经发送，备份里无从得知。</translation>
    </message>
    <message>
        <source>Restore and close</source>
        <translation>恢复并关闭</translation>
    </message>
    <message>
        <source>The backup is restored.</source>
        <translation>备份已恢复。</translation>
    </message>
    <message>
        <source>What is old is also in earlier copies of the data, made at updates and restores: %1 (%2 MB).</source>
        <translation>升级和恢复时留下的 %1 个副本（%2 MB）中仍有旧数据。</translation>
    </message>
    <message>
        <source>%1

They cannot be restored any more then. The data in use and your own backups stay.</source>
        <translation>%1

删除后不能再用它们恢复。正在使用的数据和您自己的备份不受影响。</translation>
    </message>
    <message>
        <source>Delete the copies</source>
        <translation>删除副本</translation>
    </message>
    <message>
        <source>Copies deleted: %1.</source>
        <translation>已删除 %1 个副本。</translation>
    </message>
    <message>
        <source>Old: %1</source>
        <translation>旧数据：%1</translation>
    </message>
    <message>
        <source>Messages %1, campaigns %2, reports %3, replies %4, raw answers %5.</source>
        <translation>%2 个任务的短信 %1 条，状态报告 %3 条，回复 %4 条，原始应答 %5 个。</translation>
    </message>
    <message>
        <source>It cannot be undone; a backup made before still has them.</source>
        <translation>此操作不可恢复；之前做的备份里仍有这些数据。</translation>
    </message>
    <message>
        <source>Do it now</source>
        <translation>立即执行</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>已完成：%1</translation>
    </message>
    <message>
        <source>Do so every day</source>
        <translation>每天执行</translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>As they were at first</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with column titles</source>
        <translation>连同标题一起复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>At most %1 rows can be copied, and %2 are selected. “Export…” saves them as a file.</source>
        <translation>最多可复制 %1 行，已选 %2 行。要保存全部请用“导出…”。</translation>
    </message>
</context>
<context>
    <name>DataTopic</name>
    <message>
        <source>Back up or restore…</source>
        <translation>备份或恢复…</translation>
    </message>
    <message>
        <source>Old data…</source>
        <translation>旧数据…</translation>
    </message>
    <message>
        <source>Save a support bundle…</source>
        <translation>保存支持包…</translation>
    </message>
</context>
<context>
    <name>DaysField</name>
    <message>
        <source>At any time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>From day to day</source>
        <translation>自选日期</translation>
    </message>
    <message>
        <source>The first day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>The last day</source>
        <translation>结束日期</translation>
    </message>
</context>
<context>
    <name>DetailsButton</name>
    <message>
        <source>Copy the technical details for the gateway&apos;s support</source>
        <translation>复制技术信息，发给网关技术支持</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DoneStep</name>
    <message>
        <source>Ready</source>
        <translation>准备好了</translation>
    </message>
    <message>
        <source>The account is connected. Status reports and replies come in by themselves from now on.</source>
        <translation>账号已添加。从现在起，状态报告和上行回复会自动接收。</translation>
    </message>
    <message>
        <source>Import a list of recipients: Excel, WPS, CSV or text, with a column of mobile numbers.</source>
        <translation>导入收件人名单：Excel、WPS、CSV 或文本文件，其中一列是手机号。</translation>
    </message>
    <message>
        <source>Write the text. What each person gets, how long it is and what it costs is shown meanwhile.</source>
        <translation>编写短信内容。边写边显示每个人收到的内容、计费条数和费用。</translation>
    </message>
    <message>
        <source>Check and send. Before anything goes out you see to how many it goes, and confirm it.</source>
        <translation>检查并发送。发出之前会显示发送人数，由您确认。</translation>
    </message>
    <message>
        <source>Read the user guide</source>
        <translation>阅读用户指南</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在等待…</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>导出进度说明</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Rows written: %1. The file is being packed…</source>
        <translation>已写入 %1 行，正在打包文件…</translation>
    </message>
    <message>
        <source>Row %1 of %2</source>
        <translation>%1 / %2 行</translation>
    </message>
    <message>
        <source>✓ Saved to %2. Rows: %1.</source>
        <translation>✓ 已将 %1 行保存到 %2。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export: %1</source>
        <translation>导出：%1</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>CSV file (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>“%1” is there already. Replace it?</source>
        <translation>“%1”已存在，要替换它吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>FetchingDialog</name>
    <message>
        <source>! %1: %2 not fetched since %3 (last success %4, next try %5). %6</source>
        <translation>! %1：%2从 %3 起获取失败（上次成功 %4，下次尝试 %5）。%6</translation>
    </message>
    <message>
        <source>status reports</source>
        <translation>状态报告</translation>
    </message>
    <message>
        <source>replies</source>
        <translation>上行回复</translation>
    </message>
    <message>
        <source>Fetching of reports and replies</source>
        <translation>获取状态报告和回复</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>上次成功</translation>
    </message>
    <message>
        <source>Failing since</source>
        <translation>失败开始于</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次尝试</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>立即获取</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>fetched</source>
        <translation>正常</translation>
    </message>
</context>
<context>
    <name>ForeignReportsDialog</name>
    <message>
        <source>Reports of messages that were not sent from here</source>
        <translation>非本程序发送的状态报告</translation>
    </message>
    <message>
        <source>Another program that uses the account may have sent these messages, or they were sent before. Should one be sent from here after all, its report finds it.</source>
        <translation>这些短信可能是使用同一账号的其他程序发送的，或在启用本程序之前发送的。如果其中有本程序提交的，状态报告会自动对应上。</translation>
    </message>
    <message>
        <source>Search by the number&apos;s beginning</source>
        <translation>按号码开头查找</translation>
    </message>
    <message>
        <source>Not sent from here</source>
        <translation>非本程序发送</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>GatewayFigures</name>
    <message>
        <source>Ask the gateway</source>
        <translation>查询网关统计</translation>
    </message>
    <message>
        <source>Gateway&apos;s figures</source>
        <translation>网关统计</translation>
    </message>
    <message>
        <source>Days in China, by this account&apos;s login. The gateway&apos;s document does not say whether it counts messages or charged segments: it is compared with whichever fits. A difference may be others with the same login, or reports that have not come yet.</source>
        <translation>按北京时间的日期统计本账号的短信。网关文档没有说明按短信条数还是按计费条数统计，与其中相符的一项比较。有差异可能是别处也用此账号发送，或状态报告还没到齐。</translation>
    </message>
    <message>
        <source>The gateway&apos;s figures and ours</source>
        <translation>网关与本机的统计</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Gateway:
total</source>
        <translation>网关：
总数</translation>
    </message>
    <message>
        <source>Here:
messages</source>
        <translation>本机：
短信</translation>
    </message>
    <message>
        <source>Here:
segments</source>
        <translation>本机：
计费条数</translation>
    </message>
    <message>
        <source>Gateway:
delivered</source>
        <translation>网关：
成功</translation>
    </message>
    <message>
        <source>Here:
delivered</source>
        <translation>本机：
已送达</translation>
    </message>
    <message>
        <source>Gateway:
failed</source>
        <translation>网关：
失败</translation>
    </message>
    <message>
        <source>Here:
failed</source>
        <translation>本机：
失败</translation>
    </message>
    <message>
        <source>Gateway:
unknown</source>
        <translation>网关：
未知</translation>
    </message>
    <message>
        <source>Here:
no report</source>
        <translation>本机：
尚无报告</translation>
    </message>
    <message>
        <source>Gateway:
rate</source>
        <translation>网关：
成功率</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>This gateway has no figures of its own.</source>
        <translation>该网关不提供统计。</translation>
    </message>
    <message>
        <source>As of %1. Once an hour is advised: again from %2.</source>
        <translation>截至 %1。按网关要求每小时最多查询一次，%2 后可再次查询。</translation>
    </message>
    <message>
        <source>As of %1.</source>
        <translation>截至 %1。</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>还没有查询过。</translation>
    </message>
    <message>
        <source>– Not told by the gateway</source>
        <translation>– 网关未提供</translation>
    </message>
    <message>
        <source>✓ The same</source>
        <translation>✓ 一致</translation>
    </message>
    <message>
        <source>✓ The same; it counts segments</source>
        <translation>✓ 一致（网关按计费条数）</translation>
    </message>
    <message>
        <source>… The day was not over</source>
        <translation>… 当天尚未结束</translation>
    </message>
    <message>
        <source>≈ Those in doubt explain it</source>
        <translation>≈ 差异可能来自存疑短信</translation>
    </message>
    <message>
        <source>! Same total, other outcomes</source>
        <translation>! 总数一致，送达结果不同</translation>
    </message>
    <message>
        <source>! The gateway has %1 more</source>
        <translation>! 网关多 %1 条</translation>
    </message>
    <message>
        <source>! The gateway has %1 fewer</source>
        <translation>! 网关少 %1 条</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>User guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Search the guide (Ctrl+F)</source>
        <translation>搜索指南（Ctrl+F）</translation>
    </message>
    <message>
        <source>Places that were found</source>
        <translation>找到的位置</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not found. Try a shorter word.</source>
        <translation>没有找到，请换个短一些的词。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Practise…</source>
        <translation>练习…</translation>
    </message>
    <message>
        <source>Sample lists…</source>
        <translation>示例名单…</translation>
    </message>
    <message>
        <source>Save a support bundle…</source>
        <translation>保存支持包…</translation>
    </message>
    <message>
        <source>About SMS Desk</source>
        <translation>关于 SMS Desk</translation>
    </message>
    <message>
        <source>Where to put the sample lists</source>
        <translation>示例名单保存到哪里</translation>
    </message>
    <message>
        <source>The sample lists are in %1: %2.</source>
        <translation>示例名单已保存到 %1：%2。</translation>
    </message>
    <message>
        <source>Open one…</source>
        <translation>打开一个…</translation>
    </message>
</context>
<context>
    <name>ImportFigures</name>
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
        <source>− Left out</source>
        <translation>− 剔除</translation>
    </message>
    <message>
        <source>◌ Hidden</source>
        <translation>◌ 隐藏</translation>
    </message>
    <message>
        <source>⊘ Blocklist</source>
        <translation>⊘ 黑名单</translation>
    </message>
    <message>
        <source>Numbers on the blocklist; sending leaves them out.</source>
        <translation>在黑名单里的号码，发送时会自动跳过。</translation>
    </message>
    <message>
        <source>Take them too</source>
        <translation>一并导入</translation>
    </message>
    <message>
        <source>Rows that are hidden or filtered out in the spreadsheet: %1. Take them too?</source>
        <translation>表格中有 %1 行被隐藏或筛选掉，是否一并导入？</translation>
    </message>
    <message>
        <source>Rows that are hidden in the spreadsheet: %1. They are taken as well.</source>
        <translation>表格中隐藏的 %1 行已一并导入。</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Rows that are hidden in the spreadsheet: %1. They are left out.</source>
        <translation>表格中隐藏的 %1 行不发送。</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A campaign is being sent. Shall it go on?</source>
        <translation>任务正在发送，要继续吗？</translation>
    </message>
    <message>
        <source>In the tray it goes on without the window; a click on the tray&apos;s icon brings the window back.</source>
        <translation>在托盘中继续：窗口收起，发送不停；点托盘图标即可恢复窗口。</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>在托盘中继续</translation>
    </message>
    <message>
        <source>Minimised, the window waits in the task bar while it goes on.</source>
        <translation>最小化继续：窗口留在任务栏，发送不停。</translation>
    </message>
    <message>
        <source>Go on, minimised</source>
        <translation>最小化继续</translation>
    </message>
    <message>
        <source>Paused, it keeps its place: you start it again when you are back.</source>
        <translation>暂停并关闭：进度保留，下次打开后可继续发送。</translation>
    </message>
    <message>
        <source>Pause and close</source>
        <translation>暂停并关闭</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>不关闭</translation>
    </message>
</context>
<context>
    <name>LimitDialog</name>
    <message>
        <source>Balance limit</source>
        <translation>余额提醒</translation>
    </message>
    <message>
        <source>Warn me when</source>
        <translation>提醒我：当</translation>
    </message>
    <message>
        <source>the balance is below</source>
        <translation>余额低于</translation>
    </message>
    <message>
        <source>more is owed than</source>
        <translation>欠费超过</translation>
    </message>
    <message>
        <source>Which side of zero</source>
        <translation>余额还是欠费</translation>
    </message>
    <message>
        <source>Amount in yuan</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>Pause campaigns then; they go on by hand after a top-up</source>
        <translation>同时暂停任务，充值后由人工继续</translation>
    </message>
    <message>
        <source>The window warns you, and so does the page before sending. “Owed” is for postpaid accounts.</source>
        <translation>主窗口和发送前的检查页都会提醒。“欠费”用于后付费账号。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>LinesEditor</name>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Number # content</source>
        <translation>号码 # 内容</translation>
    </message>
    <message>
        <source>Characters · segments</source>
        <translation>字数 · 计费条数</translation>
    </message>
    <message>
        <source>The number stands in line %1 already.</source>
        <translation>号码与第 %1 行重复。</translation>
    </message>
    <message>
        <source>Characters %1 · segments %2</source>
        <translation>%1 字 · 计费 %2 条</translation>
    </message>
    <message>
        <source>Characters %1 · UTF-16 units %3 · segments %2</source>
        <translation>%1 字（按 UTF-16 计 %3）· 计费 %2 条</translation>
    </message>
</context>
<context>
    <name>LinesImport</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>读取进度</translation>
    </message>
    <message>
        <source>Import a sheet</source>
        <translation>导入表格</translation>
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
        <source>Reading %1: row %2</source>
        <translation>正在读取 %1：%2 行</translation>
    </message>
</context>
<context>
    <name>ListOffer</name>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>不再需要</translation>
    </message>
    <message>
        <source>The list that was open: %1</source>
        <translation>上次打开的名单：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 (%2 rows)</source>
        <translation>%1（%2 行）</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>剔除“%1”</translation>
    </message>
    <message>
        <source>Forget this list? Its files stay where they are; numbers that were pasted are gone.</source>
        <translation>不再保留这份名单吗？文件不受影响，粘贴的号码将被删除。</translation>
    </message>
</context>
<context>
    <name>LoginStep</name>
    <message>
        <source>Account and password</source>
        <translation>账号和密码</translation>
    </message>
    <message>
        <source>They are tried by asking the gateway for the balance. Nothing is sent.</source>
        <translation>下一步会向网关查询余额，以确认账号和密码正确。不会发送短信。</translation>
    </message>
    <message>
        <source>The account works. %1</source>
        <translation>账号可用。%1</translation>
    </message>
</context>
<context>
    <name>LowBalance</name>
    <message>
        <source>Show the balance</source>
        <translation>查看余额</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
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
        <source>People</source>
        <translation>通讯录</translation>
    </message>
    <message>
        <source>Blocklist</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Account that sends</source>
        <translation>发送账号</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>NotDelivered</name>
    <message>
        <source>Failed, by reason</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>No message has failed.</source>
        <translation>没有发送失败的短信。</translation>
    </message>
    <message>
        <source>Rejected by the gateway, by reason</source>
        <translation>网关退回原因</translation>
    </message>
    <message>
        <source>The gateway has rejected no message.</source>
        <translation>网关没有退回任何短信。</translation>
    </message>
    <message>
        <source>Left out, by reason</source>
        <translation>未发送原因</translation>
    </message>
    <message>
        <source>No message was left out.</source>
        <translation>没有未发送的短信。</translation>
    </message>
    <message>
        <source>Rejected ones</source>
        <translation>被退回的</translation>
    </message>
    <message>
        <source>Those without a report</source>
        <translation>无报告的</translation>
    </message>
    <message>
        <source>Those who have not replied</source>
        <translation>未回复的</translation>
    </message>
    <message>
        <source>They and the text, on the page that sends. Nothing is sent.</source>
        <translation>把这些号码和内容放到发送页，不会直接发送。</translation>
    </message>
    <message>
        <source>Those that failed by “%1” as a new draft</source>
        <translation>用因“%1”失败的号码新建草稿</translation>
    </message>
    <message>
        <source>Failed ones as a new draft</source>
        <translation>用失败号码新建草稿</translation>
    </message>
</context>
<context>
    <name>NotRead</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>NumbersDialog</name>
    <message>
        <source>13800000000, 13900000000 … and Enter</source>
        <translation>13800000000，13900000000……输入后按回车</translation>
    </message>
    <message>
        <source>Type numbers</source>
        <translation>手工输入</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>手工输入</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>请填写“%1”。</translation>
    </message>
</context>
<context>
    <name>OptOutWordsDialog</name>
    <message>
        <source>Opt-out words</source>
        <translation>退订词</translation>
    </message>
    <message>
        <source>Whoever replies one of these words, and nothing else, is put on the blocklist. Case, width and punctuation do not matter; 回复T and 退订回T are understood as well.</source>
        <translation>回复内容只有其中一个词的人会自动加入黑名单。不分大小写、全角半角和标点；“回复T”“退订回T”也能识别。</translation>
    </message>
    <message>
        <source>Another word, and Enter</source>
        <translation>添加新词，按回车</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>添加新词</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>People who had replied so before: %1. They are on the blocklist now.</source>
        <translation>以前有 %1 人这样回复过，现已加入黑名单。</translation>
    </message>
    <message>
        <source>People who have replied “%2” before: %1. They are put on the blocklist with it, whatever they meant.</source>
        <translation>以前有 %1 人回复过“%2”。添加后，不论他们当时是什么意思，都会加入黑名单。</translation>
    </message>
    <message>
        <source>Add the word</source>
        <translation>添加该词</translation>
    </message>
</context>
<context>
    <name>P2pPage</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Import a sheet…</source>
        <translation>导入表格…</translation>
    </message>
    <message>
        <source>A column of numbers and one of texts, or a text file of lines</source>
        <translation>含号码列和内容列的表格，或每行一条的文本文件</translation>
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
        <source>The line with the cursor</source>
        <translation>光标所在行</translation>
    </message>
    <message>
        <source>How many lines are right and wrong</source>
        <translation>正确和错误的行数</translation>
    </message>
    <message>
        <source>Lines with the number and the text of a line above</source>
        <translation>号码和内容都与前面某行相同的行</translation>
    </message>
    <message>
        <source>The wrong line before (Shift+F8)</source>
        <translation>上一个错误行 (Shift+F8)</translation>
    </message>
    <message>
        <source>The next wrong line (F8)</source>
        <translation>下一个错误行 (F8)</translation>
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
        <source>The messages are from “%1”. Nothing has been sent.</source>
        <translation>这些短信来自任务“%1”，还没有发送。</translation>
    </message>
    <message>
        <source>✓ Good %1 · ✗ Wrong %2 · = Double %3 · Segments %4</source>
        <translation>✓ 正确 %1 · ✗ 错误 %2 · = 重复 %3 · 计费条数 %4</translation>
    </message>
    <message>
        <source>Remove duplicates: %1</source>
        <translation>删除重复行：%1</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Lines removed that repeat the number and the text of a line above: %1. Ctrl+Z undoes it.</source>
        <translation>已删除 %1 行与前面号码、内容都相同的重复行，按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>Lines imported: %1.</source>
        <translation>已导入 %1 行。</translation>
    </message>
    <message>
        <source>Line breaks inside of cells became spaces: %1.</source>
        <translation>单元格内的 %1 处换行已改为空格。</translation>
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
    <name>Parts</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PasswordAsker</name>
    <message>
        <source>The password of “%1” could not be tried. It holds until the program ends.</source>
        <translation>暂时无法验证“%1”的密码，本次运行期间先使用它。</translation>
    </message>
    <message>
        <source>The password of “%1” is right, but was not stored. It holds until the program ends.</source>
        <translation>“%1”的密码正确，但没能保存，只在本次运行期间有效。</translation>
    </message>
    <message>
        <source>Waiting for a password: %1. Nothing is sent or fetched there until it is entered.</source>
        <translation>等待输入密码：%1。输入之前，不发送短信，也不接收状态报告和上行回复。</translation>
    </message>
    <message>
        <source>Enter the password…</source>
        <translation>输入密码…</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>The password of this account is not stored on this computer.</source>
        <translation>本机没有保存该账号的密码。</translation>
    </message>
    <message>
        <source>Gateway account</source>
        <translation>网关账号</translation>
    </message>
    <message>
        <source>Password of “%1”</source>
        <translation>“%1”的密码</translation>
    </message>
    <message>
        <source>Until it is entered, nothing is sent through this account, and nothing fetched.</source>
        <translation>输入之前，该账号不发送短信，也不接收状态报告和上行回复。</translation>
    </message>
    <message>
        <source>Asking the gateway for the balance…</source>
        <translation>正在向网关查询余额…</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>Adding people</source>
        <translation>正在添加联系人</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>People</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Write to them…</source>
        <translation>给他们发短信…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The group “%1” is removed. Its people stay in the address book.</source>
        <translation>分组“%1”已删除，其中的联系人仍在通讯录里。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Search numbers, names, tags, notes</source>
        <translation>查找号码、姓名、标签、备注</translation>
    </message>
    <message>
        <source>Add people…</source>
        <translation>添加联系人…</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What their files say</source>
        <translation>名单中的其他信息</translation>
    </message>
    <message>
        <source>History and notes…</source>
        <translation>往来记录与备注…</translation>
    </message>
    <message>
        <source>Take out of the group</source>
        <translation>移出分组</translation>
    </message>
    <message>
        <source>Nobody is in the address book</source>
        <translation>通讯录是空的</translation>
    </message>
    <message>
        <source>Keep people here whom you write to again and again. They come in from any recipient file, as a group that can be written to, or left out.</source>
        <translation>把经常联系的人保存在这里。可以从任何名单文件导入为一个分组，以后直接给这个分组发送，或在发送时排除它。</translation>
    </message>
    <message>
        <source>a new one, or one that is there</source>
        <translation>新分组，或已有分组的名称</translation>
    </message>
    <message>
        <source>Add people</source>
        <translation>添加联系人</translation>
    </message>
    <message>
        <source>Add people: %1</source>
        <translation>添加 %1 名联系人</translation>
    </message>
    <message>
        <source>New people: %1, known: %2; joined the group: %3.</source>
        <translation>新增 %1 人，%2 人已在通讯录中；%3 人加入了分组。</translation>
    </message>
    <message>
        <source>Further rows of the same numbers, which are not kept: %1. A number is one person.</source>
        <translation>另有 %1 行号码重复，未保存：一个号码只对应一人。</translation>
    </message>
    <message>
        <source>Remove people</source>
        <translation>删除联系人</translation>
    </message>
    <message>
        <source>People taken out of the group “%2”: %1.</source>
        <translation>已将 %1 位联系人移出分组“%2”。</translation>
    </message>
    <message>
        <source>People taken out of the address book, with their tags and notes: %1. What was sent stays.</source>
        <translation>已从通讯录删除 %1 位联系人及其标签和备注。已发送的记录保留。</translation>
    </message>
    <message>
        <source>Rename the group</source>
        <translation>重命名分组</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>名称：</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Put on the blocklist</source>
        <translation>加入黑名单</translation>
    </message>
    <message>
        <source>Take off the blocklist…</source>
        <translation>移出黑名单…</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
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
        <source>What happened, the last first</source>
        <translation>往来记录，最近的在前</translation>
    </message>
    <message>
        <source>Nothing was sent to this number, and nothing came from it.</source>
        <translation>没有给该号码发过短信，也没有收到它的回复。</translation>
    </message>
    <message>
        <source>Show earlier ones</source>
        <translation>显示更早的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>words with blanks between them</source>
        <translation>用空格分隔</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>分组：%1</translation>
    </message>
    <message>
        <source>on the blocklist</source>
        <translation>在黑名单中</translation>
    </message>
    <message>
        <source>Take off the blocklist</source>
        <translation>移出黑名单</translation>
    </message>
    <message>
        <source>This number gets messages again. Why? It is kept with your name and the time.</source>
        <translation>移出后，该号码会重新收到短信。请填写原因，将与您的用户名和时间一并保存。</translation>
    </message>
</context>
<context>
    <name>PhonePreview</name>
    <message>
        <source>The number that the message comes from</source>
        <translation>短信的发送号码</translation>
    </message>
    <message>
        <source>The message as the handset shows it</source>
        <translation>手机上看到的短信</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Recipients from</source>
        <translation>收件人来源</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>计费条数</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>As of (China time)</source>
        <translation>统计时间（北京时间）</translation>
    </message>
    <message>
        <source>… and %1 more rows, on the campaign&apos;s page.</source>
        <translation>……另有 %1 行，见任务页。</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>SMS Desk – practice</source>
        <translation>SMS Desk – 练习</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>about %1 left</source>
        <translation>大约还需 %1</translation>
    </message>
</context>
<context>
    <name>RawAnswersDialog</name>
    <message>
        <source>Answers that could not be read</source>
        <translation>无法读取的应答</translation>
    </message>
    <message>
        <source>The gateway hands each item out once, so nothing of these is thrown away. Try again after an update of the program, or save one for the gateway&apos;s support.</source>
        <translation>网关的每条数据只返回一次，所以这些应答都保留着。升级程序后可以再试一次，也可以保存下来发给网关的技术支持。</translation>
    </message>
    <message>
        <source>What the gateway answered</source>
        <translation>网关应答的原文</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>保存到文件…</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>It stays in the store, and is not shown any more.</source>
        <translation>仍保留在数据里，只是不再显示。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到时间</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Come in: reports %1, replies %2.</source>
        <translation>入库状态报告 %1 条、回复 %2 条。</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>ReadingDialog</name>
    <message>
        <source>How “%1” is read</source>
        <translation>“%1”的读取方式</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>读取进度</translation>
    </message>
    <message>
        <source>The first 200 rows</source>
        <translation>前 200 行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Changes take effect at once.</source>
        <translation>修改立即生效。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Header row</source>
        <translation>表头行</translation>
    </message>
    <message>
        <source>Number column</source>
        <translation>号码列</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>%1 (hidden)</source>
        <translation>%1（隐藏）</translation>
    </message>
</context>
<context>
    <name>ReceiverDialog</name>
    <message>
        <source>Receive pushes</source>
        <translation>接收推送</translation>
    </message>
    <message>
        <source>State of the receiver</source>
        <translation>接收状态</translation>
    </message>
    <message>
        <source>Address to register</source>
        <translation>推送地址（需登记）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Pushes an empty list to the address, as the gateway would, and shows the answer.</source>
        <translation>像网关那样向该地址推送一份空列表，并显示结果。</translation>
    </message>
    <message>
        <source>New address…</source>
        <translation>更换地址…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The gateway can push status reports and replies to an address of yours the moment they come in. The gateway must be able to reach that address: on a server, or through a reverse proxy (nginx, Caddy) in front of this computer. Where there is none, leave it off: reports and replies are fetched all the same.</source>
        <translation>网关可以在状态报告和上行回复产生时，立即推送到您提供的地址。网关必须能访问该地址：本机是服务器，或前面有反向代理（nginx、Caddy）。没有这样的地址就不必开启：状态报告和上行回复照样会定时拉取。</translation>
    </message>
    <message>
        <source>Receive what the gateway pushes</source>
        <translation>接收网关的推送</translation>
    </message>
    <message>
        <source>this computer only (the proxy runs on it)</source>
        <translation>仅本机（代理在本机运行）</translation>
    </message>
    <message>
        <source>other computers too</source>
        <translation>其他电脑也可访问</translation>
    </message>
    <message>
        <source>empty: all; or for example 203.0.113.7 10.0.0.0/8</source>
        <translation>留空表示不限；或如 203.0.113.7 10.0.0.0/8</translation>
    </message>
    <message>
        <source>Behind a proxy leave it empty, and let the proxy check the senders.</source>
        <translation>在代理后面请留空，由代理检查来源。</translation>
    </message>
    <message>
        <source>What the proxy is called from outside; empty where there is none.</source>
        <translation>从外部访问代理的地址；没有代理请留空。</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>允许访问</translation>
    </message>
    <message>
        <source>Allowed senders</source>
        <translation>允许的来源地址</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>It can be reached from this computer only. Enter the address of the proxy, or let other computers in.</source>
        <translation>这个地址只能从本机访问。请填写代理地址，或允许其他电脑访问。</translation>
    </message>
    <message>
        <source>Give it to the gateway&apos;s administrator only: whoever has it can push.</source>
        <translation>请只交给网关管理员登记：知道此地址的人都可以向这里推送。</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>地址已复制。</translation>
    </message>
    <message>
        <source>Make a new address? The old one stops working at once: until the new one is registered with the gateway, nothing that it pushes comes in.</source>
        <translation>要更换推送地址吗？旧地址立即失效：在网关登记新地址之前，网关的推送都无法送达。</translation>
    </message>
    <message>
        <source>Make a new address</source>
        <translation>更换地址</translation>
    </message>
    <message>
        <source>This is the new address. Have it registered with the gateway now.</source>
        <translation>这是新地址，请尽快到网关登记。</translation>
    </message>
    <message>
        <source>Pushing to the address…</source>
        <translation>正在向推送地址发送测试…</translation>
    </message>
    <message>
        <source>On this computer: %1</source>
        <translation>本机：%1</translation>
    </message>
    <message>
        <source>At the address to register: %1</source>
        <translation>登记的地址：%1</translation>
    </message>
</context>
<context>
    <name>RecipientsCard</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Ctrl+V: cells copied from a spreadsheet, or any text with numbers in it</source>
        <translation>Ctrl+V：粘贴从表格复制的单元格，或任何含有号码的文字</translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation>从分组添加</translation>
    </message>
    <message>
        <source>People of the address book; the page “People” has it.</source>
        <translation>通讯录中的分组，在“通讯录”页管理。</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>读取进度</translation>
    </message>
    <message>
        <source>Drop files here: Excel, WPS or text, with a column of mobile numbers. Or paste numbers: Ctrl+V.</source>
        <translation>把文件拖到这里：Excel、WPS 或文本文件，其中有一列手机号。也可以按 Ctrl+V 粘贴号码。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>单元格内容</translation>
    </message>
    <message>
        <source>Why it is left out</source>
        <translation>未计入原因</translation>
    </message>
    <message>
        <source>Save to mend…</source>
        <translation>另存并改正…</translation>
    </message>
    <message>
        <source>Rows that are left out</source>
        <translation>未计入的行</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Group: %1</source>
        <translation>分组：%1</translation>
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
        <source>Reading %1: row %2</source>
        <translation>正在读取 %1：%2 行</translation>
    </message>
    <message>
        <source>Checking the numbers of %1: row %2</source>
        <translation>正在检查 %1 的号码：%2 行</translation>
    </message>
    <message>
        <source>Numbers to send to: %1</source>
        <translation>可发送号码：%1 个</translation>
    </message>
    <message>
        <source>%1 on the blocklist get nothing</source>
        <translation>黑名单中的 %1 个不会发送</translation>
    </message>
    <message>
        <source>Rows left out: %1</source>
        <translation>未计入 %1 行：</translation>
    </message>
    <message>
        <source> - left out</source>
        <translation>-未计入</translation>
    </message>
    <message>
        <source>Save the rows that are left out</source>
        <translation>保存未计入的行</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Saved to %2. Rows: %1. Mend them there and import that file.</source>
        <translation>已将 %1 行保存到 %2。在文件里改正后可再次导入。</translation>
    </message>
</context>
<context>
    <name>RememberBox</name>
    <message>
        <source>Remember the password in the system&apos;s keyring</source>
        <translation>把密码保存在系统密钥环里</translation>
    </message>
    <message>
        <source>Otherwise it is asked for at each start.</source>
        <translation>不保存时，每次启动都要输入密码。</translation>
    </message>
    <message>
        <source>! This computer has no keyring to keep passwords in. You can go on: the password is asked for at each start, and is written nowhere.</source>
        <translation>! 本机没有系统密钥环，不能保存密码。您可以继续使用：每次启动时输入密码，密码不会写入磁盘。</translation>
    </message>
    <message>
        <source>It will be taken out of the keyring, and asked for at each start.</source>
        <translation>密码将从系统密钥环中删除，以后每次启动时询问。</translation>
    </message>
</context>
<context>
    <name>RepliesPage</name>
    <message>
        <source>Conversations</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>No conversation is as the filters want it.</source>
        <translation>没有符合筛选条件的会话。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>标为未读</translation>
    </message>
    <message>
        <source>History of the number…</source>
        <translation>该号码的往来记录…</translation>
    </message>
    <message>
        <source>Put on the blocklist</source>
        <translation>加入黑名单</translation>
    </message>
    <message>
        <source>Add to a group…</source>
        <translation>加入分组…</translation>
    </message>
    <message>
        <source>Nobody has replied yet</source>
        <translation>还没有上行回复</translation>
    </message>
    <message>
        <source>What people write back comes in here by itself, and can be answered right here.
Whoever opts out is put on the blocklist by itself.</source>
        <translation>收件人的回复会自动显示在这里，可以直接回复对方。
回复退订的人自动进入黑名单。</translation>
    </message>
    <message>
        <source>Choose a conversation on the left.</source>
        <translation>请在左侧选择会话。</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter: answer · Ctrl+Enter: send · Esc: back to the list</source>
        <translation>↑ ↓ 选择 · Enter 写回复 · Ctrl+Enter 发送 · Esc 回到列表</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>New label…</source>
        <translation>新建标签…</translation>
    </message>
    <message>
        <source>Rename this label…</source>
        <translation>重命名此标签…</translation>
    </message>
    <message>
        <source>Remove this label</source>
        <translation>删除这个标签</translation>
    </message>
    <message>
        <source>The label “%1” is removed. Conversations that had it: %2.</source>
        <translation>标签“%1”已删除，涉及 %2 个会话。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>The group; another name makes a new one:</source>
        <translation>分组（输入新名称即新建）：</translation>
    </message>
</context>
<context>
    <name>RepliesTopic</name>
    <message>
        <source>Opt-out words…</source>
        <translation>退订词…</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report as PDF</source>
        <translation>导出 PDF 报告</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Reporter</name>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>PDF file (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>What became of the chosen message</source>
        <translation>所选短信的结果</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>还没有发送过短信</translation>
    </message>
    <message>
        <source>Here is every message that was sent: whether it arrived, and if not, why not and what to do.</source>
        <translation>这里列出发出的每条短信：是否送达，没有送达的原因和处理办法。</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>新建群发</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The search was stopped; messages found until then: %1.</source>
        <translation>已停止查找；仅显示前 %1 条短信。</translation>
    </message>
    <message>
        <source>Messages and their status reports</source>
        <translation>短信及其状态报告</translation>
    </message>
    <message>
        <source>The rows before</source>
        <translation>前面的行</translation>
    </message>
    <message>
        <source>The rows after</source>
        <translation>后面的行</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>提交时间</translation>
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
        <source>Reported</source>
        <translation>报告时间</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>计费条数</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>The number&apos;s beginning</source>
        <translation>号码开头</translation>
    </message>
    <message>
        <source>A part of the text</source>
        <translation>内容包含</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Not sent from here…</source>
        <translation>非本程序发送…</translation>
    </message>
    <message>
        <source>History of the number…</source>
        <translation>号码往来…</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>立即获取</translation>
    </message>
    <message>
        <source>Failed ones as a new list</source>
        <translation>失败的作为新名单</translation>
    </message>
    <message>
        <source>Everyone whom the chosen campaign did not reach, on the page that sends. Nothing is sent.</source>
        <translation>把所选任务中发送失败的人放到发送页面，不会发送任何短信。</translation>
    </message>
    <message>
        <source>Status reports</source>
        <translation>状态报告</translation>
    </message>
    <message>
        <source>Every state</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Every campaign</source>
        <translation>全部任务</translation>
    </message>
    <message>
        <source>Older ones: on the page “Campaigns”, “Its status reports”</source>
        <translation>更早的任务：在“任务”页选中后点“查看状态报告”</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 条短信</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条短信</translation>
    </message>
    <message>
        <source>Messages so far: %1; searching…</source>
        <translation>已找到 %1 条，正在查找…</translation>
    </message>
    <message>
        <source>Messages so far: %1; %2 % searched…</source>
        <translation>已找到 %1 条，已查找 %2 %…</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>第 %1 至 %2 条</translation>
    </message>
</context>
<context>
    <name>RevealBox</name>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>SenderStep</name>
    <message>
        <source>What people see</source>
        <translation>对方看到的内容</translation>
    </message>
    <message>
        <source>The number that your messages come from, and the signature at their beginning.</source>
        <translation>短信显示的发送号码，以及短信开头的签名。</translation>
    </message>
    <message>
        <source>Hello, this is a test message.</source>
        <translation>您好，这是一条测试短信。</translation>
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
        <source>Send a test to me</source>
        <translation>先发给自己测试</translation>
    </message>
    <message>
        <source>To your own numbers, as a campaign of its own. The settings name them.</source>
        <translation>发到您自己的手机号，单独算一个任务。号码在设置里填写。</translation>
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
        <source>Messages checked or prepared</source>
        <translation>已检查或准备的短信</translation>
    </message>
    <message>
        <source>Checking messages: %1 of %2</source>
        <translation>正在检查短信：%1 / %2</translation>
    </message>
    <message>
        <source>There is a draft on this page already. Replace it?</source>
        <translation>本页已有草稿，要替换吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>A test is on its way to %1.</source>
        <translation>测试短信正在发往 %1。</translation>
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
        <source>Search the settings (Ctrl+F)</source>
        <translation>搜索设置（Ctrl+F）</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>设置分类</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>没有找到相关设置。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>Files of the list</source>
        <translation>名单中的文件</translation>
    </message>
</context>
<context>
    <name>SourceRow</name>
    <message>
        <source>How it is read…</source>
        <translation>读取方式…</translation>
    </message>
    <message>
        <source>How “%1” is read…</source>
        <translation>“%1”的读取方式…</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>剔除</translation>
    </message>
    <message>
        <source>Leave out whoever is in “%1”</source>
        <translation>剔除“%1”中的人</translation>
    </message>
    <message>
        <source>Nobody who stands in it gets the message, whatever other lists say.</source>
        <translation>其中的号码一律不发，即使也在别的名单里。</translation>
    </message>
    <message>
        <source>Take “%1” off the list</source>
        <translation>把“%1”从名单中移除</translation>
    </message>
    <message>
        <source>− whoever stands in it is left out</source>
        <translation>− 其中的号码将被剔除</translation>
    </message>
    <message>
        <source>Good rows: %1 of %2 · %3</source>
        <translation>%2 行中 %1 行有效 · %3</translation>
    </message>
    <message>
        <source>− numbers left out: %1; ! rows without a number that could be read: %2</source>
        <translation>− 剔除其中的 %1 个号码；! %2 行读不出号码</translation>
    </message>
    <message>
        <source>− numbers left out: %1</source>
        <translation>− 剔除其中的 %1 个号码</translation>
    </message>
</context>
<context>
    <name>SpentDays</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>充值或还款</translation>
    </message>
    <message>
        <source>Segments here</source>
        <translation>本机计费条数</translation>
    </message>
    <message>
        <source>At the price</source>
        <translation>按单价计</translation>
    </message>
    <message>
        <source>Spent a day, last 30 days</source>
        <translation>最近 30 天每日花费</translation>
    </message>
    <message>
        <source>“Spent” is by how much the balance fell: what the gateway took, for others with the same login as well, on the day on which it was read. “At the price” is what the segments sent from here cost at the account&apos;s price. The two may differ.</source>
        <translation>“花费”是余额减少的金额，即网关扣除的费用，也包括别处用同一账号发送的，计在读到余额的那一天。“按单价计”是本机发送的计费条数乘以账号单价。两者可能不同。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Fetching…</source>
        <translation>获取情况…</translation>
    </message>
    <message>
        <source>Receiving of pushes</source>
        <translation>推送接收</translation>
    </message>
    <message>
        <source>Nothing has been fetched yet</source>
        <translation>尚未获取报告和回复</translation>
    </message>
    <message>
        <source>✓ Reports and replies fetched at %1. Again in %2.</source>
        <translation>✓ %1 已获取报告和回复，%2后再次获取。</translation>
    </message>
    <message>
        <source>! Answers that could not be read: %1…</source>
        <translation>! %1 个应答无法读取…</translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>Save a support bundle</source>
        <translation>保存支持包</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip 文件 (*.zip)</translation>
    </message>
</context>
<context>
    <name>TemplatesDialog</name>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Search names and texts</source>
        <translation>搜索名称和内容</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Changed or sent</source>
        <translation>修改或发送时间</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>Nothing is kept yet. Write a text and choose “Keep this text…”.</source>
        <translation>还没有模板。写好内容后选择“保存为模板…”。</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>“%1” is removed.</source>
        <translation>已删除“%1”。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>TestStep</name>
    <message>
        <source>A test message to yourself</source>
        <translation>给自己发一条测试短信</translation>
    </message>
    <message>
        <source>The surest proof: your own phone rings. It costs one message; you can also leave it out.</source>
        <translation>自己的手机收到短信，才最放心。按一条短信计费，也可以跳过。</translation>
    </message>
    <message>
        <source>Hello, this is a test message.</source>
        <translation>您好，这是一条测试短信。</translation>
    </message>
    <message>
        <source>Send the test message</source>
        <translation>发送测试短信</translation>
    </message>
    <message>
        <source>Your mobile number</source>
        <translation>您的手机号</translation>
    </message>
    <message>
        <source>Kept for tests on the pages that send.</source>
        <translation>会保存下来，以后在发送页面测试时使用。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>✗ It did not arrive: %1</source>
        <translation>✗ 没有送达：%1</translation>
    </message>
    <message>
        <source>✓ It has arrived: look at your phone.</source>
        <translation>✓ 已送达，请看手机。</translation>
    </message>
</context>
<context>
    <name>TextCard</name>
    <message>
        <source>Insert a column</source>
        <translation>插入列</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择模板…</translation>
    </message>
    <message>
        <source>Keep this text…</source>
        <translation>保存为模板…</translation>
    </message>
    <message>
        <source>Signature, put in front of the text</source>
        <translation>签名，自动加在内容前面</translation>
    </message>
    <message>
        <source>The account&apos;s signature; it is put in front of the text.</source>
        <translation>账号的签名，自动加在内容前面。</translation>
    </message>
    <message>
        <source>Text of the message</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>Write the message here. {column} puts in each person&apos;s own value.</source>
        <translation>在这里写短信内容。用 {列名} 代入每个人自己的信息。</translation>
    </message>
    <message>
        <source>Length of the message</source>
        <translation>短信长度</translation>
    </message>
    <message>
        <source>Characters that cannot be seen cost length and can break a link.</source>
        <translation>看不见的字符会占字数，还可能让网址打不开。</translation>
    </message>
    <message>
        <source>The text of the person before</source>
        <translation>上一个人的短信</translation>
    </message>
    <message>
        <source>The text of the next person</source>
        <translation>下一个人的短信</translation>
    </message>
    <message>
        <source>Whose text is shown</source>
        <translation>正在预览第几个人</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>The longest text</source>
        <translation>最长的一条</translation>
    </message>
    <message>
        <source>The shortest text</source>
        <translation>最短的一条</translation>
    </message>
    <message>
        <source>The first without a value</source>
        <translation>第一个缺值的人</translation>
    </message>
    <message>
        <source>How many messages of how many segments</source>
        <translation>各计费条数的人数</translation>
    </message>
    <message>
        <source>Keep this text</source>
        <translation>保存为模板</translation>
    </message>
    <message>
        <source>Its name; a template of the same name is replaced:</source>
        <translation>模板名称（同名的会被替换）：</translation>
    </message>
    <message>
        <source>The template “%1” is kept.</source>
        <translation>已保存模板“%1”。</translation>
    </message>
    <message>
        <source>“%1” stands in the account&apos;s signature.</source>
        <translation>“%1”在账号的签名里。</translation>
    </message>
    <message>
        <source>Segment %1 begins at the cursor.</source>
        <translation>从光标处开始是第 %1 条计费。</translation>
    </message>
    <message>
        <source>It is in the text of row %1.</source>
        <translation>在名单第 %1 行的短信里。</translation>
    </message>
    <message>
        <source>Row %1 has the longest text: the preview shows it.</source>
        <translation>第 %1 行的短信最长，预览中显示的就是这一条。</translation>
    </message>
    <message>
        <source>“%1” comes from row %2 of the list: the preview shows it.</source>
        <translation>“%1”来自名单第 %2 行，预览中显示的就是这一条。</translation>
    </message>
    <message>
        <source>Remove invisible characters: %1</source>
        <translation>清除看不见的字符（%1 处）</translation>
    </message>
    <message>
        <source>A text with placeholders must not hold a line break: turn it into a space.</source>
        <translation>带占位符的内容不能换行，请把换行改成空格。</translation>
    </message>
    <message>
        <source>This person has no value for “%1”.</source>
        <translation>这个人没有“%1”的值。</translation>
    </message>
    <message>
        <source>Import a list to see each person&apos;s own text.</source>
        <translation>导入名单后可预览每个人的短信。</translation>
    </message>
    <message>
        <source>Characters %1 · GSM septets %2 · segments %3</source>
        <translation>字数 %1 · GSM 字符 %2 · 计费 %3 条</translation>
    </message>
    <message>
        <source>counted 160/153</source>
        <translation>按 160/153 计</translation>
    </message>
    <message>
        <source>Characters %1 · UTF-16 units %2 · segments %3</source>
        <translation>字数 %1 · UTF-16 单元 %2 · 计费 %3 条</translation>
    </message>
    <message>
        <source>counted 70/67 because of %1</source>
        <translation>因含 %1，按 70/67 计</translation>
    </message>
    <message>
        <source>%1 a person</source>
        <translation>每人 %1</translation>
    </message>
    <message>
        <source>The message appears here as a handset shows it.</source>
        <translation>短信会像手机上那样显示在这里。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>短信内容</translation>
    </message>
    <message>
        <source>about %1 a person</source>
        <translation>每人约 %1</translation>
    </message>
    <message>
        <source>There is no message to show.</source>
        <translation>没有可预览的短信。</translation>
    </message>
    <message>
        <source>of %1 people</source>
        <translation>共 %1 人</translation>
    </message>
    <message>
        <source>Looking through the texts: %1 of %2</source>
        <translation>正在检查：%1 / %2</translation>
    </message>
    <message>
        <source>segments %1: people %2</source>
        <translation>%1 条：%2 人</translation>
    </message>
    <message>
        <source>people without a value: %1</source>
        <translation>缺值：%1 人</translation>
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
        <source>Push: %1</source>
        <translation>推送：%1</translation>
    </message>
    <message>
        <source>Push: off</source>
        <translation>推送接收未开启</translation>
    </message>
    <message>
        <source>Push: starting</source>
        <translation>推送接收正在启动</translation>
    </message>
    <message>
        <source>Push: listening on port %1, nothing came yet</source>
        <translation>推送：正在端口 %1 接收，尚未收到</translation>
    </message>
    <message>
        <source>Push: listening on port %1, the last came at %2</source>
        <translation>推送：正在端口 %1 接收，最近 %2</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Put on the blocklist: %1.</source>
        <translation>已将 %1 个号码加入黑名单。</translation>
    </message>
    <message>
        <source>Put on the blocklist: %1; there already: %2.</source>
        <translation>已将 %1 个号码加入黑名单，另有 %2 个原已在其中。</translation>
    </message>
</context>
<context>
    <name>ThreadView</name>
    <message>
        <source>The conversation</source>
        <translation>会话内容</translation>
    </message>
    <message>
        <source>Show earlier ones</source>
        <translation>显示更早的</translation>
    </message>
    <message>
        <source>Answers “%1”: %2</source>
        <translation>回复“%1”：%2</translation>
    </message>
    <message>
        <source>Opts out</source>
        <translation>退订</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Unread replies (%1)</source>
        <translation>未读回复（%1）</translation>
    </message>
    <message>
        <source>unread replies: %1</source>
        <translation>未读回复 %1 条</translation>
    </message>
    <message>
        <source>▶ %1: %2 % of %3</source>
        <translation>▶ %1：%3 条中的 %2 %</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>New replies: %1</source>
        <translation>新回复 %1 条</translation>
    </message>
    <message>
        <source>of them opt-outs: %1</source>
        <translation>其中退订 %1 条</translation>
    </message>
</context>
<context>
    <name>WelcomeDialog</name>
    <message>
        <source>First steps</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Asking the gateway for the balance…</source>
        <translation>正在向网关查询余额…</translation>
    </message>
    <message>
        <source>Storing the account… If the system asks about its keyring, answer there first.</source>
        <translation>正在保存账号… 如果系统弹出密钥环窗口，请先在那里确认。</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Try and go on</source>
        <translation>验证并继续</translation>
    </message>
    <message>
        <source>Save and go on</source>
        <translation>保存并继续</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Import recipients…</source>
        <translation>导入名单…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>_Whole</name>
    <message>
        <source>The whole text</source>
        <translation>全文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
</TS>
