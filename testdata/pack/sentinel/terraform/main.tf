terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.0"
    }
  }
}

variable "workspace" {
  description = "Name of the Log Analytics workspace of Microsoft Sentinel"
  type        = string
}

variable "resource_group" {
  description = "Name of the resource group of the workspace"
  type        = string
}

data "azurerm_log_analytics_workspace" "sentinel" {
  name                = var.workspace
  resource_group_name = var.resource_group
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_1628cadc_d7b4_4952_ac2c_734e12edbed3" {
  name                       = "1628cadc-d7b4-4952-ac2c-734e12edbed3"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Device code sign-in to an application that is not approved for it"
  description = chomp(<<TEXT
A sign-in with a device code, or a later one in the session it opened, in an application that is not on the list
approved_device_code_apps. The flow is meant for devices without a keyboard; in phishing, the victim types the
attacker's code into the genuine page and hands over a session.

The article writes "Device Code"; the log has deviceCode in AuthenticationProtocol. Later records of the session
have the protocol none and deviceCodeFlow in OriginalTransferMethod, so either column counts. The use of tokens
without the user stands in a log of its own, AADNonInteractiveUserSignInLogs, which this rule does not read. The
article grades the row low to medium; applications that are not approved are medium.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Device code sign-in to an application that is not approved for it
// rule 1628cadc-d7b4-4952-ac2c-734e12edbed3 by sigc-rules contributors
SigninLogs
| where ingestion_time() > ago(1h)
| where ResultType == "0"
    and (AuthenticationProtocol =~ "deviceCode" or OriginalTransferMethod =~ "deviceCodeFlow")
    and not(AppId =~ "device-code-app.contoso.example" or AppDisplayName =~ "device-code-app.contoso.example")
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project
    TimeGenerated,
    UserPrincipalName,
    UserId,
    AppDisplayName,
    AppId,
    ResourceDisplayName,
    IPAddress,
    Location,
    UserAgent,
    AuthenticationProtocol,
    OriginalTransferMethod,
    IncomingTokenType,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess", "InitialAccess"]
  techniques           = ["T1528", "T1078"]
  custom_details = {
    AppId               = "AppId"
    CorrelationId       = "CorrelationId"
    IncomingTokenType   = "IncomingTokenType"
    Location            = "Location"
    Protocol            = "AuthenticationProtocol"
    ResourceDisplayName = "ResourceDisplayName"
    TransferMethod      = "OriginalTransferMethod"
    UserAgent           = "UserAgent"
    UserPrincipalName   = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Device code sign-in to an application that is not approved for it: {{UserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "UserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "AppDisplayName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_cdca1ee2_6f82_4f0c_8994_e8b1d033d86d" {
  name                       = "cdca1ee2-6f82-4f0c-8994-e8b1d033d86d"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "ROPC sign-in to an application that is not approved for it"
  description = chomp(<<TEXT
A user signed in through the resource owner password credentials grant (ROPC), in an application that is not on
the list approved_ropc_apps. The application handles the password itself and may keep it, and the flow knows no
second factor; tools that try out stolen passwords like it for that reason.

The protocol is lower case in the log ("ropc"). Tokens renewed without the user stand in a log of their own,
AADNonInteractiveUserSignInLogs, which this rule does not read. In a B2C tenant, local accounts of custom policies
sign in this way through ProxyIdentityExperienceFramework: approve it there. A record that names no application is
reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// ROPC sign-in to an application that is not approved for it
// rule cdca1ee2-6f82-4f0c-8994-e8b1d033d86d by sigc-rules contributors
SigninLogs
| where ingestion_time() > ago(1h)
| where ResultType == "0"
    and AuthenticationProtocol =~ "ropc"
    and not(AppId =~ "ropc-app.contoso.example" or AppDisplayName =~ "ropc-app.contoso.example")
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project
    TimeGenerated,
    UserPrincipalName,
    UserId,
    AppDisplayName,
    AppId,
    ResourceDisplayName,
    IPAddress,
    Location,
    ClientAppUsed,
    UserAgent,
    AuthenticationProtocol,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
  custom_details = {
    AppId               = "AppId"
    ClientAppUsed       = "ClientAppUsed"
    CorrelationId       = "CorrelationId"
    Location            = "Location"
    Protocol            = "AuthenticationProtocol"
    ResourceDisplayName = "ResourceDisplayName"
    UserAgent           = "UserAgent"
    UserPrincipalName   = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "ROPC sign-in to an application that is not approved for it: {{UserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "UserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "AppDisplayName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_b9393bca_3e72_4dbd_b91d_97f35365f733" {
  name                       = "b9393bca-3e72-4dbd-b91d-97f35365f733"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Redirect URI of an application set to plain HTTP or a wildcard"
  description = chomp(<<TEXT
After a change, the redirect URIs of an application contain one with the scheme http, other than to the local
machine, or one with a wildcard. Tokens sent there can be read on the way or be claimed by whoever controls one
of the many hosts or paths that fit.

The article asks for "Success - Property Name AppAddress" in one breath: these are two facts, a result and the name
of a changed property. Its further advice, hosts of foreign domains and URIs shared with other applications, needs
knowledge that the event does not carry. Schemes of native applications such as ms-app:// or myapp:// are
not https either, but normal for public clients and not reported. Old and new values are not compared: an unsafe
URI that stood there before is reported again whenever the list of URIs changes.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Redirect URI of an application set to plain HTTP or a wildcard
// rule b9393bca-3e72-4dbd-b91d-97f35365f733 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Update application"
    and Category =~ "ApplicationManagement"
    and Result =~ "success"
    and LoggedByService =~ "Core Directory"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        extend NewValue = parse_json(tostring(ModifiedProperty.newValue))
        | mv-apply NewValueItem = iff(gettype(NewValue) == "array", NewValue, pack_array(NewValue)) on (
            summarize
                NewValueItemMatches = countif(
                    tostring(NewValueItem.Address) contains "*"
                    or (
                        tostring(NewValueItem.Address) startswith "http://"
                        and not(
                            tostring(NewValueItem.Address) matches regex @"(?i)^http://(localhost|127\.0\.0\.1)(:[0-9]+)?([/?].*)?$"
                        )
                    )
                )
        )
        | summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "AppAddress" and NewValueItemMatches > 0
            )
    )
    | summarize TargetResourceMatches = countif(ModifiedPropertyMatches > 0)
)
| where TargetResourceMatches > 0
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| extend
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1528"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Redirect URI of an application set to plain HTTP or a wildcard: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_8e23f955_f494_4462_8c99_b2346dd0dbcb" {
  name                       = "8e23f955-f494-4462-8c99-b2346dd0dbcb"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "End user consented to an application"
  description = chomp(<<TEXT
A user without the help of an administrator gave an application permissions on their own data. Consent phishing
ends with exactly this event; look at the name of the application, its publisher and the scopes it was given.

The article puts the activity and the property side by side with a slash: both are required. The value is "False"
with a capital letter and inside quotes, as all text in modified properties is. Only successful consents count:
those that were stopped as risky are another row of the article. Consent by an administrator is not reported, even
when it is for the administrator alone.

ATT&CK, unknown to Sentinel: T1671.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// End user consented to an application
// rule 8e23f955-f494-4462-8c99-b2346dd0dbcb by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Consent to application" and Result =~ "success"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        extend NewValue = parse_json(tostring(ModifiedProperty.newValue))
        | mv-apply NewValueItem = iff(gettype(NewValue) == "array", NewValue, pack_array(NewValue)) on (
            summarize NewValueItemMatches = countif(tostring(NewValueItem) =~ "False")
        )
        | summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "ConsentContext.IsAdminConsent" and NewValueItemMatches > 0
            )
    )
    | summarize TargetResourceMatches = countif(ModifiedPropertyMatches > 0)
)
| where TargetResourceMatches > 0
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    InitiatingAppName = tostring(InitiatedBy.app.displayName)
| extend
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    InitiatingAppName
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess", "Persistence"]
  techniques           = ["T1528"]
  custom_details = {
    CorrelationId     = "CorrelationId"
    OperationName     = "OperationName"
    Result            = "Result"
    UserPrincipalName = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "End user consented to an application: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_fbbed9ff_726b_4f95_ad48_5fe4401d8f37" {
  name                       = "fbbed9ff-726b-4f95-ad48-5fe4401d8f37"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Highly privileged app role granted to an application"
  description = chomp(<<TEXT
An application received an application permission (app role) that is on the list privileged_permissions, of an API
on the list sensitive_apis. It then acts on its own, without a user, on everything the permission covers; a role
such as RoleManagement.ReadWrite.Directory makes it an administrator of the tenant.

The API is the target resource that carries the properties of the role; the client is only named in them. Display
names can be missing, so the names of the API's service principal, which hold its application id, count as well. A
permission and an API only count together when they belong to the same target. The consumer article gives no
filter for this row; the one of the applications article is used. Neither asks for success, so failed grants are
reported too. Delegated permissions are other rows.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Highly privileged app role granted to an application
// rule fbbed9ff-726b-4f95-ad48-5fe4401d8f37 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Add app role assignment to service principal"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        extend NewValue = parse_json(tostring(ModifiedProperty.newValue))
        | mv-apply NewValueItem = case(
            array_length(NewValue) > 0,
            NewValue,
            gettype(NewValue) == "array",
            dynamic([null]),
            pack_array(NewValue)
        ) on (
            summarize
                NewValueItemMatches = countif(
                    tostring(NewValueItem) endswith ".All"
                    or tostring(NewValueItem) startswith "Mail."
                    or tostring(NewValueItem) contains "ReadWrite"
                    or tostring(NewValueItem) =~ "full_access_as_app"
                )
        )
        | summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "AppRole.Value" and NewValueItemMatches > 0
            ),
            ModifiedPropertyMatches2 = countif(
                tostring(ModifiedProperty.displayName) =~ "TargetId.ServicePrincipalNames"
                and (
                    tostring(ModifiedProperty.newValue) contains "Microsoft Graph"
                    or tostring(ModifiedProperty.newValue) contains "00000003-0000-0000-c000-000000000000"
                    or tostring(ModifiedProperty.newValue) contains "Office 365 Exchange Online"
                    or tostring(ModifiedProperty.newValue) contains "00000002-0000-0ff1-ce00-000000000000"
                    or tostring(ModifiedProperty.newValue) contains "Office 365 SharePoint Online"
                    or tostring(ModifiedProperty.newValue) contains "00000003-0000-0ff1-ce00-000000000000"
                    or tostring(ModifiedProperty.newValue) contains "Windows Azure Active Directory"
                    or tostring(ModifiedProperty.newValue) contains "00000002-0000-0000-c000-000000000000"
                )
            )
    )
    | summarize
        TargetResourceMatches = countif(
            ModifiedPropertyMatches > 0
            and (
                tostring(TargetResource.displayName) in~ (
                    "Microsoft Graph", "00000003-0000-0000-c000-000000000000", "Office 365 Exchange Online",
                    "00000002-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online",
                    "00000003-0000-0ff1-ce00-000000000000", "Windows Azure Active Directory",
                    "00000002-0000-0000-c000-000000000000"
                )
                or ModifiedPropertyMatches2 > 0
            )
        )
)
| where TargetResourceMatches > 0
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| extend
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation"]
  techniques           = ["T1098"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Highly privileged app role granted to an application: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_1e40204c_3bf7_45c6_813c_4fffede16ec3" {
  name                       = "1e40204c-3bf7-45c6-813c-4fffede16ec3"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Owner added to an application by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_app_admins made an account the owner of an application. An owner can give
the application new credentials and then act with all of its permissions.

The title of the row speaks of changes, its filter only of additions; removals are not reported. "Outside normal
change management" is read as the list of approved actors. Failed attempts are reported too. The target of type
User is the new owner. An actor is a user or an application, known by any of its names and ids; records without any
of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Owner added to an application by an actor who is not approved
// rule 1e40204c-3bf7-45c6-813c-4fffede16ec3 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Add owner to application"
    and Category =~ "ApplicationManagement"
    and LoggedByService =~ "Core Directory"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "app-admin@contoso.example"
        or InitiatingAadUserId =~ "app-admin@contoso.example"
        or InitiatingAppName =~ "app-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "app-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "app-admin@contoso.example"
        or InitiatingAppId =~ "app-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation"]
  techniques           = ["T1098"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Owner added to an application by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_9e2b4c70_5d1f_4f3a_b6a8_1c0d7e2f5b74" {
  name                       = "9e2b4c70-5d1f-4f3a-b6a8-1c0d7e2f5b74"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C API connector created or updated by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_api_connector_admins created or updated an API connector of a B2C
tenant. While customers sign up, a connector sends what they enter to a web service and takes back what it
answers: a changed address hands this data to somebody else.

The reference of activities writes "Create API connector" in its newer and "Create Api connector" in an older
version, which makes no difference here.

The article writes "Target: User Principal Name". An API connector has no such name and the note of the row asks
about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of these activities has been published: their names are those of the documentation. Compare them with a
record of your tenant before you rely on the rule. An actor is a user or an application, known by any of its
names and ids; records without any of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C API connector created or updated by an actor who is not approved
// rule 9e2b4c70-5d1f-4f3a-b6a8-1c0d7e2f5b74 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Create API connector", "Update API connector") and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "connector-admin@contoso.example"
        or InitiatingAadUserId =~ "connector-admin@contoso.example"
        or InitiatingAppName =~ "connector-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "connector-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "connector-admin@contoso.example"
        or InitiatingAppId =~ "connector-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "CredentialAccess", "Collection"]
  techniques           = ["T1556"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C API connector created or updated by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_2f8d6b39_0c4e_4a17_9b85_d3e6f1a70c85" {
  name                       = "2f8d6b39-0c4e-4a17-9b85-d3e6f1a70c85"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C API connector deleted by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_api_connector_admins deleted an API connector of a B2C tenant. Checks
that the connector made while customers sign up are no longer made, or customers can no longer sign up.

The article repeats the activity of the row before, "Update API connector", and misspells the category; the
documentation has "Delete API connector" and ResourceManagement.

The article writes "Target: User Principal Name". An API connector has no such name and the note of the row asks
about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of this activity has been published: its names are those of the documentation. Compare them with a record
of your tenant before you rely on the rule. An actor is a user or an application, known by any of its names and
ids; records without any of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C API connector deleted by an actor who is not approved
// rule 2f8d6b39-0c4e-4a17-9b85-d3e6f1a70c85 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete API connector" and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "connector-admin@contoso.example"
        or InitiatingAadUserId =~ "connector-admin@contoso.example"
        or InitiatingAppName =~ "connector-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "connector-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "connector-admin@contoso.example"
        or InitiatingAppId =~ "connector-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact", "DefenseEvasion"]
  techniques           = ["T1531"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C API connector deleted by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_6ba0f394_59f2_497c_ac29_2265871c70d7" {
  name                       = "6ba0f394-59f2-497c-ac29-2265871c70d7"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Conditional Access policy created or updated by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_ca_admins created or updated a Conditional Access policy. One changed
policy can let an attacker in without a second factor, or lock the owners of the tenant out.

The log writes the activity with a lower-case "conditional access", which makes no difference here. The directory
logs the same change once more as "Update policy"; that record is left alone, or every change would count twice.
Failed attempts are reported too. An actor is a user or an application, known by any of its names and ids; records
without any of them are not reported, as nobody could be compared with the list.

ATT&CK, unknown to Sentinel: T1556.009.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Conditional Access policy created or updated by an actor who is not approved
// rule 6ba0f394-59f2-497c-ac29-2265871c70d7 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Add conditional access policy", "Update conditional access policy") and Category =~ "Policy"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "ca-admin@contoso.example"
        or InitiatingAadUserId =~ "ca-admin@contoso.example"
        or InitiatingAppName =~ "ca-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "ca-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "ca-admin@contoso.example"
        or InitiatingAppId =~ "ca-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["DefenseEvasion", "Persistence", "CredentialAccess"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Conditional Access policy created or updated by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_7af0d06b_ac71_46fd_9328_b69a14c17622" {
  name                       = "7af0d06b-ac71-46fd-9328-b69a14c17622"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Conditional Access policy deleted by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_ca_admins deleted a Conditional Access policy, and with it whatever it
asked for: a second factor, a managed device, a known place.

The log writes the activity with a lower-case "conditional access", which makes no difference here. The directory
logs the same change once more as "Delete policy"; that record is left alone. Failed attempts are reported too. An
actor is a user or an application, known by any of its names and ids; records without any of them are not reported.

ATT&CK, unknown to Sentinel: T1556.009.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Conditional Access policy deleted by an actor who is not approved
// rule 7af0d06b-ac71-46fd-9328-b69a14c17622 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete conditional access policy" and Category =~ "Policy"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "ca-admin@contoso.example"
        or InitiatingAadUserId =~ "ca-admin@contoso.example"
        or InitiatingAppName =~ "ca-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "ca-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "ca-admin@contoso.example"
        or InitiatingAppId =~ "ca-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["DefenseEvasion", "Persistence", "CredentialAccess"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Conditional Access policy deleted by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_0b1c7bd2_4c0e_4d43_9d51_6a4c5d8c1e11" {
  name                       = "0b1c7bd2-4c0e-4d43-9d51-6a4c5d8c1e11"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C custom policy created or updated by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_b2c_policy_admins created or updated a custom policy of a B2C tenant.
Custom policies decide how customers prove who they are and what tokens say about them: a changed one can let an
attacker sign in as anybody, or send passwords elsewhere.

For updates the article names the activity "Get custom policies". That one is logged when somebody opens the
list in the portal; the documentation has "Update custom policy", which is used here.

The article writes "Target: User Principal Name". A custom policy has no such name and the note of the row asks
about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of these activities has been published: their names are those of the documentation. Compare them with a
record of your tenant before you rely on the rule. An actor is a user or an application, known by any of its
names and ids; records without any of them are not reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C custom policy created or updated by an actor who is not approved
// rule 0b1c7bd2-4c0e-4d43-9d51-6a4c5d8c1e11 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Create custom policy", "Update custom policy") and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "policy-admin@contoso.example"
        or InitiatingAadUserId =~ "policy-admin@contoso.example"
        or InitiatingAppName =~ "policy-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "policy-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "policy-admin@contoso.example"
        or InitiatingAppId =~ "policy-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "CredentialAccess", "DefenseEvasion"]
  techniques           = ["T1556"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C custom policy created or updated by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_5d6f0a17_2f7e_4c26_8f0a_2b7d8e9a4c52" {
  name                       = "5d6f0a17-2f7e-4c26-8f0a-2b7d8e9a4c52"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C custom policy deleted by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_b2c_policy_admins deleted a custom policy of a B2C tenant. Applications
that send customers to the policy can no longer sign them in.

The article writes "Target: User Principal Name". A custom policy has no such name and the note of the row asks
about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of this activity has been published: its names are those of the documentation. Compare them with a record
of your tenant before you rely on the rule. An actor is a user or an application, known by any of its names and
ids; records without any of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C custom policy deleted by an actor who is not approved
// rule 5d6f0a17-2f7e-4c26-8f0a-2b7d8e9a4c52 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete custom policy" and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "policy-admin@contoso.example"
        or InitiatingAadUserId =~ "policy-admin@contoso.example"
        or InitiatingAppName =~ "policy-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "policy-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "policy-admin@contoso.example"
        or InitiatingAppId =~ "policy-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact"]
  techniques           = ["T1531"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C custom policy deleted by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_74c5e1aa_6b3d_4e92_8c17_5f9a2d4b6e96" {
  name                       = "74c5e1aa-6b3d-4e92-8c17-5f9a2d4b6e96"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C identity provider created by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_idp_admins created an identity provider in a B2C tenant. Whoever runs
the provider decides who its users are, and can sign in as any customer whose address it may assert.

A table of the article files the same activity under "Changes to authentication methods" of privileged accounts;
this rule answers both rows. Providers of the kind OpenID Connect may be logged as "Create custom identity
provider". The reference of activities mixes the case of the letters, which makes no difference here.

The article writes "Target: User Principal Name". An identity provider has no such name and the note of the row
asks about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of these activities has been published: their names are those of the documentation. Compare them with a
record of your tenant before you rely on the rule. An actor is a user or an application, known by any of its
names and ids; records without any of them are not reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C identity provider created by an actor who is not approved
// rule 74c5e1aa-6b3d-4e92-8c17-5f9a2d4b6e96 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Create identity provider", "Create custom identity provider")
    and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAadUserId =~ "idp-admin@contoso.example"
        or InitiatingAppName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "idp-admin@contoso.example"
        or InitiatingAppId =~ "idp-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation", "DefenseEvasion"]
  techniques           = ["T1484"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C identity provider created by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_b83a5d16_7e4f_4c09_95b1_0d2e3f4a5bb8" {
  name                       = "b83a5d16-7e4f-4c09-95b1-0d2e3f4a5bb8"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C identity provider deleted by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_idp_admins deleted an identity provider of a B2C tenant. Its users can
no longer sign in.

The article has this row twice: medium under infrastructure, which this rule answers, and high among privileged
accounts, which the rule "B2C identity provider deleted by a privileged account that is not approved" does.

The article writes "Target: User Principal Name". An identity provider has no such name and the note of the row
asks about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of this activity has been published: its names are those of the documentation. Compare them with a record
of your tenant before you rely on the rule. An actor is a user or an application, known by any of its names and
ids; records without any of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C identity provider deleted by an actor who is not approved
// rule b83a5d16-7e4f-4c09-95b1-0d2e3f4a5bb8 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete identity provider" and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAadUserId =~ "idp-admin@contoso.example"
        or InitiatingAppName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "idp-admin@contoso.example"
        or InitiatingAppId =~ "idp-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact"]
  techniques           = ["T1531"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C identity provider deleted by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_e0937f4b_1d6c_4b58_a2f4_8b7c6d5e4fa7" {
  name                       = "e0937f4b-1d6c-4b58-a2f4-8b7c6d5e4fa7"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C identity provider updated by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_idp_admins updated an identity provider of a B2C tenant. A provider
whose address or key is changed can be somebody else's, who then signs in as any of its users.

The article has this row twice, among privileged accounts and under infrastructure; one rule answers both.

The article writes "Target: User Principal Name". An identity provider has no such name and the note of the row
asks about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of these activities has been published: their names are those of the documentation. Compare them with a
record of your tenant before you rely on the rule. An actor is a user or an application, known by any of its
names and ids; records without any of them are not reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C identity provider updated by an actor who is not approved
// rule e0937f4b-1d6c-4b58-a2f4-8b7c6d5e4fa7 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
        "Update identity provider", "Update custom identity provider", "Update local identity provider"
    )
    and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAadUserId =~ "idp-admin@contoso.example"
        or InitiatingAppName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "idp-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "idp-admin@contoso.example"
        or InitiatingAppId =~ "idp-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation", "DefenseEvasion"]
  techniques           = ["T1484"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C identity provider updated by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_c1a7f5de_8a57_4b8e_93c0_7f5b3d0e9a63" {
  name                       = "c1a7f5de-8a57-4b8e-93c0-7f5b3d0e9a63"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C user flow created or updated by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_user_flow_admins created or updated a user flow of a B2C tenant. User
flows decide how customers sign up and in: a changed one can drop the second factor, add an identity provider or
collect data.

The article writes "Target: User Principal Name". A user flow has no such name and the note of the row asks
about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of these activities has been published: their names are those of the documentation. Compare them with a
record of your tenant before you rely on the rule. An actor is a user or an application, known by any of its
names and ids; records without any of them are not reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C user flow created or updated by an actor who is not approved
// rule c1a7f5de-8a57-4b8e-93c0-7f5b3d0e9a63 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Create user flow", "Update user flow") and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "user-flow-admin@contoso.example"
        or InitiatingAadUserId =~ "user-flow-admin@contoso.example"
        or InitiatingAppName =~ "user-flow-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "user-flow-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "user-flow-admin@contoso.example"
        or InitiatingAppId =~ "user-flow-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "CredentialAccess", "DefenseEvasion"]
  techniques           = ["T1556"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C user flow created or updated by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_3cfc080f_3b8a_4150_9d3c_51a19845e56a" {
  name                       = "3cfc080f-3b8a-4150-9d3c-51a19845e56a"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C user flow deleted by an actor who is not approved"
  description = chomp(<<TEXT
Somebody who is not on the list approved_user_flow_admins deleted a user flow of a B2C tenant. Applications that
send customers to the flow can no longer sign them up or in.

The article writes "Target: User Principal Name". A user flow has no such name and the note of the row asks about
the initiator, so the actor is compared with the list. The same call is logged under the category Authorization for
its access check; only ResourceManagement counts, or each deletion would be reported twice. No record of this
activity has been published; its names are those of the documentation. An actor is a user or an application, known
by any of its names and ids; records without any of them are not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C user flow deleted by an actor who is not approved
// rule 3cfc080f-3b8a-4150-9d3c-51a19845e56a by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete user flow" and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId)
| where isnotempty(
        coalesce(
            InitiatingUserPrincipalName,
            InitiatingAadUserId,
            InitiatingAppName,
            InitiatingAppServicePrincipalName,
            InitiatingAppServicePrincipalId,
            InitiatingAppId
        )
    )
    and not(
        InitiatingUserPrincipalName =~ "user-flow-admin@contoso.example"
        or InitiatingAadUserId =~ "user-flow-admin@contoso.example"
        or InitiatingAppName =~ "user-flow-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "user-flow-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "user-flow-admin@contoso.example"
        or InitiatingAppId =~ "user-flow-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    InitiatingAppName,
    InitiatingAppServicePrincipalName,
    InitiatingAppServicePrincipalId,
    InitiatingAppId,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact"]
  techniques           = ["T1531"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C user flow deleted by an actor who is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_3f61c8d7_9a2b_4e50_8d74_c5b6a7980cc9" {
  name                       = "3f61c8d7-9a2b-4e50-8d74-c5b6a7980cc9"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C identity provider deleted by a privileged account that is not approved"
  description = chomp(<<TEXT
An account of the list privileged_accounts that is not on the list approved_idp_admins deleted an identity
provider of a B2C tenant. Its users can no longer sign in, and an administrator who does what is not his task
may not be himself.

The article files this row under access reviews, which log no such activity: it is in the audit log of the
service B2C.

The article writes "Target: User Principal Name". An identity provider has no such name and the note of the row
asks about the initiator, so the actor is compared with the list. The same call is logged under the category
Authorization for its access check; only ResourceManagement counts, or each act would be reported twice. No
record of this activity has been published: its names are those of the documentation. Compare them with a record
of your tenant before you rely on the rule.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C identity provider deleted by a privileged account that is not approved
// rule 3f61c8d7-9a2b-4e50-8d74-c5b6a7980cc9 by sigc-rules contributors
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Delete identity provider" and Category =~ "ResourceManagement"
| extend
    InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName),
    InitiatingAadUserId = tostring(InitiatedBy.user.id)
| where InitiatingUserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
    and not(
        InitiatingUserPrincipalName =~ "idp-admin@contoso.example" or InitiatingAadUserId =~ "idp-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1]),
    InitiatingAppName = tostring(InitiatedBy.app.displayName)
| project
    TimeGenerated,
    OperationName,
    Result,
    InitiatingUserPrincipalName,
    InitiatingAadUserId,
    InitiatingIPAddress,
    TargetResources,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    InitiatingAppName
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact"]
  techniques           = ["T1531"]
  custom_details = {
    CorrelationId     = "CorrelationId"
    OperationName     = "OperationName"
    Result            = "Result"
    UserPrincipalName = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C identity provider deleted by a privileged account that is not approved: {{InitiatingUserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "InitiatingAadUserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "InitiatingIPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "InitiatingAppName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_109aeed6_c64f_4984_acae_f02e2af89391" {
  name                       = "109aeed6-c64f-4984-acae-f02e2af89391"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account blocked by Conditional Access"
  description = chomp(<<TEXT
A Conditional Access policy stopped a sign-in of an account on the list privileged_accounts (error 53003). The
policy is judged after the first factor, so whoever signs in very likely holds the password.

The article also asks for the reason "Blocked by Conditional Access". The log words it otherwise and the code says
the same, so the reason is not tested. The limit to privileged accounts comes from the section of the article.
Tokens refused without the user stand in a log of their own, AADNonInteractiveUserSignInLogs, which this rule does
not read.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account blocked by Conditional Access
// rule 109aeed6-c64f-4984-acae-f02e2af89391 by sigc-rules contributors
SigninLogs
| where ingestion_time() > ago(1h)
| where ResultType == "53003" and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project
    TimeGenerated,
    UserPrincipalName,
    UserId,
    IPAddress,
    Location,
    AppDisplayName,
    AppId,
    ClientAppUsed,
    UserAgent,
    ResultType,
    ResultDescription,
    ConditionalAccessStatus,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
  custom_details = {
    AccessStatus      = "ConditionalAccessStatus"
    AppId             = "AppId"
    ClientAppUsed     = "ClientAppUsed"
    CorrelationId     = "CorrelationId"
    Location          = "Location"
    ResultDescription = "ResultDescription"
    ResultType        = "ResultType"
    UserAgent         = "UserAgent"
    UserPrincipalName = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Privileged account blocked by Conditional Access: {{UserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "UserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "AppDisplayName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_776467c1_a11e_4f1b_98c5_81ccd8e24eb7" {
  name                       = "776467c1-a11e-4f1b-98c5-81ccd8e24eb7"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account locked out"
  description = chomp(<<TEXT
Smart lockout refused a sign-in of an account on the list privileged_accounts (error 50053). Somebody has tried
enough wrong passwords to trip the threshold, which for an administrator's account points to guessing or spraying.

The article names only the error code; its section is about privileged accounts, so the rule asks for the list.
The same code is given to sign-ins from addresses known as malicious, when no account has been locked.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account locked out
// rule 776467c1-a11e-4f1b-98c5-81ccd8e24eb7 by sigc-rules contributors
SigninLogs
| where ingestion_time() > ago(1h)
| where ResultType == "50053" and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project
    TimeGenerated,
    UserPrincipalName,
    UserId,
    IPAddress,
    Location,
    AppDisplayName,
    AppId,
    ClientAppUsed,
    UserAgent,
    ResultType,
    ResultDescription,
    CorrelationId,
    AccountName,
    AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    AppId             = "AppId"
    ClientAppUsed     = "ClientAppUsed"
    CorrelationId     = "CorrelationId"
    Location          = "Location"
    ResultDescription = "ResultDescription"
    ResultType        = "ResultType"
    UserAgent         = "UserAgent"
    UserPrincipalName = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Privileged account locked out: {{UserPrincipalName}}"
  }
  entity_mapping {
    entity_type = "Account"
    field_mapping {
      identifier  = "Name"
      column_name = "AccountName"
    }
    field_mapping {
      identifier  = "UPNSuffix"
      column_name = "AccountUPNSuffix"
    }
    field_mapping {
      identifier  = "AadUserId"
      column_name = "UserId"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
    }
  }
  entity_mapping {
    entity_type = "CloudApplication"
    field_mapping {
      identifier  = "Name"
      column_name = "AppDisplayName"
    }
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = true
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}
