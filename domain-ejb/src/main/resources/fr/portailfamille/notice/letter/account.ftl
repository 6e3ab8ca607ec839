<#ftl output_format="plainText">
<#import "layout.ftl" as layout>
<@layout.page>
<#if opening?has_content>
${opening}

</#if>
<#if login?has_content>
${msg("login")} ${login}

</#if>
${intro}

<@layout.button label=msg(key + ".button") link=link/>
<#if validity?has_content>
${validity}

</#if>
${msg(key + ".unwanted")}

</@layout.page>
