<#ftl output_format="plainText">
<#import "layout.ftl" as layout>
<@layout.page>
${intro}

<#if rows?has_content>
${columns?join(" | ")}
<#list rows as row>
${row.day} | ${row.time} | ${row.child} | ${row.type} | ${row.activity}<#if withState> | ${row.state}<#if row.reason?has_content> (${msg("reason", row.reason)})</#if></#if>
</#list>

</#if>
<#list answer as lines>
<#list lines as line>
${line}
</#list>

</#list>
<#list closing as sentence>
${sentence}

</#list>
<@layout.button label=msg("citizen-space.button") link=link/>
<#list legal as sentence>
${sentence}

</#list>
</@layout.page>
