<#ftl output_format="plainText">
<#import "layout.ftl" as layout>
<@layout.page>
${intro}

${columns?join(" | ")}
<#list rows as row>
${row.day} | ${row.time} | ${row.child} | ${row.type} | ${row.activity}<#if withState> | ${row.state}<#if row.reason?has_content> (${msg("reason", row.reason)})</#if></#if>
</#list>

<#list closing as sentence>
${sentence}

</#list>
<@layout.button label=msg("citizen-space.button") link=link/>
</@layout.page>
