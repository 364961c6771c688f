<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- Texts of Qt's own dialogs that Qt's Chinese translation leaves in English. -->
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>QFileDialog</name>
        <message><source>Look in:</source><translation>位置：</translation></message>
        <message><source>Files of type:</source><translation>文件类型：</translation></message>
        <message><source>&amp;Look in:</source><translation>位置(&amp;L)：</translation></message>
        <message><source>Files of &amp;type:</source><translation>文件类型(&amp;T)：</translation></message>
    </context>
    <context>
        <name>QAbstractFileIconProvider</name>
        <message><source>Folder</source><translation>文件夹</translation></message>
    </context>
</TS>
