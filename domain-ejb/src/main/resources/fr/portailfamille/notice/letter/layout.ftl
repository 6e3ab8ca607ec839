<#ftl output_format="plainText" strip_whitespace=true>
<#macro page>
${greeting}

<#nested>
<#if variable?has_content>
<#list variable as lines>
<#list lines as line>
${line}
</#list>

</#list>
</#if>
<#if service?has_content>
${service}

</#if>
${msg("closing")}
<#list town.signature as line>
${line}
</#list>
<#if town.website?has_content>
${town.website}
</#if>

-- 
${msg("automatic")}
</#macro>

<#macro button label link>
${label}
${link}

</#macro>
