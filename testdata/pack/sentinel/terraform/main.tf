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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_49c5b8d0_67f0_4b7b_a90c_487f91384167" {
  name                       = "49c5b8d0-67f0-4b7b-a90c-487f91384167"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Application ID URI changed"
  description = chomp(<<TEXT
The identifier URIs of an application were changed. Tokens name the application by them: whoever takes over a
URI takes over what was meant for its owner.

The article names no property, and without one every change of an application would count. The property
AppIdentifierUri and its form are not shown by a published record; compare them with one of your tenant. On the
record of the service principal the URIs are among its names.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Application ID URI changed
// rule 49c5b8d0-67f0-4b7b-a90c-487f91384167 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Update application", "Update service principal")
    and Category =~ "ApplicationManagement"
    and LoggedByService =~ "Core Directory"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "AppIdentifierUri"
                and not(
                    isnotempty(tostring(ModifiedProperty.newValue))
                    and tostring(ModifiedProperty.newValue) =~ tostring(ModifiedProperty.oldValue)
                )
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
    Result,
    ResultReason,
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
  tactics              = ["Persistence", "CredentialAccess"]
  techniques           = ["T1098", "T1528"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Application ID URI changed: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_59c297cf_25bd_4165_8377_378668c798ea" {
  name                       = "59c297cf-25bd-4165-8377-378668c798ea"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Credentials of an application changed by an unapproved actor"
  description = chomp(<<TEXT
Somebody who is not on the list approved_app_admins added a secret or certificate to an application or its
service principal. Whoever has it signs in as the application, with all its permissions and without a second
factor.

One change is logged as several records, for the application and its service principal; every record with
changed credentials counts, and the correlation id brings them together. The activity of the first is "Update
application – Certificates and secrets management ", with a dash and a blank at its end that the article and the
documentation do not show, so a part of it is compared. Whether a credential was added or another one removed
shows in the values only: a removal that leaves others is reported too. The article joins the activities with
"and"; either counts.

An actor is a user or an application, known by any of its names and ids; records without any of them are not
reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Credentials of an application changed by an unapproved actor
// rule 59c297cf-25bd-4165-8377-378668c798ea by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where LoggedByService =~ "Core Directory"
    and Category =~ "ApplicationManagement"
    and Result =~ "success"
    and (
        OperationName contains "Certificates and secrets management"
        or OperationName in~ ("Add service principal credentials", "Update application", "Update service principal")
    )
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
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "KeyDescription"
                and isnotempty(tostring(ModifiedProperty.newValue))
                and tostring(ModifiedProperty.newValue) != "[]"
                and not(
                    isnotempty(tostring(ModifiedProperty.newValue))
                    and tostring(ModifiedProperty.newValue) =~ tostring(ModifiedProperty.oldValue)
                )
            )
    )
    | summarize TargetResourceMatches = countif(ModifiedPropertyMatches > 0)
)
| where TargetResourceMatches > 0
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Credentials of an application changed by an unapproved actor: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_1d539e01_b3e6_47de_abc5_bf5981b44b7d" {
  name                       = "1d539e01-b3e6-47de-abc5-bf5981b44b7d"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Credentials of an application changed outside of working hours"
  description = chomp(<<TEXT
A secret or certificate was added to an application or its service principal outside of the schedule
working_hours, by whomever.

One change is logged as several records, for the application and its service principal; every record with
changed credentials counts, and the correlation id brings them together. The activity of the first is "Update
application – Certificates and secrets management ", with a dash and a blank at its end that the article and the
documentation do not show, so a part of it is compared. Whether a credential was added or another one removed
shows in the values only: a removal that leaves others is reported too. The article joins the activities with
"and"; either counts.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Credentials of an application changed outside of working hours
// rule 1d539e01-b3e6-47de-abc5-bf5981b44b7d by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where LoggedByService =~ "Core Directory"
    and Category =~ "ApplicationManagement"
    and Result =~ "success"
    and (
        OperationName contains "Certificates and secrets management"
        or OperationName in~ ("Add service principal credentials", "Update application", "Update service principal")
    )
    and isnotnull(ActivityDateTime)
| extend LocalTime = datetime_utc_to_local(ActivityDateTime, "Etc/UTC")
| where not(
    coalesce(
        dayofweek(LocalTime) in (1d, 2d, 3d, 4d, 5d) and hourofday(LocalTime) >= 7 and hourofday(LocalTime) < 19,
        false
    )
)
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "KeyDescription"
                and isnotempty(tostring(ModifiedProperty.newValue))
                and tostring(ModifiedProperty.newValue) != "[]"
                and not(
                    isnotempty(tostring(ModifiedProperty.newValue))
                    and tostring(ModifiedProperty.newValue) =~ tostring(ModifiedProperty.oldValue)
                )
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
    Result,
    ResultReason,
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
    AccountUPNSuffix,
    ActivityDateTime
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
    ActivityDateTime     = "ActivityDateTime"
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Credentials of an application changed outside of working hours: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_7838652a_59b0_460c_b6b3_475301d60686" {
  name                       = "7838652a-59b0-460c-b6b3-475301d60686"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Device code sign-in to an approved application"
  description = chomp(<<TEXT
A sign-in with a device code, or a later one in the session it opened, in an application of the list
approved_device_code_apps. Such sign-ins are expected; the rule keeps a trace of them, since a victim who types
an attacker's code into the genuine page leaves nothing else.

The article grades the row low to medium without saying when; applications that are not approved are medium, in
a rule of their own. The log has deviceCode in AuthenticationProtocol, and later records of the session have
deviceCodeFlow in OriginalTransferMethod, so either column counts.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// Device code sign-in to an approved application
// rule 7838652a-59b0-460c-b6b3-475301d60686 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "0"
    and (AuthenticationProtocol =~ "deviceCode" or OriginalTransferMethod =~ "deviceCodeFlow")
    and (AppId =~ "device-code-app.contoso.example" or AppDisplayName =~ "device-code-app.contoso.example")
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
    display_name_format = "Device code sign-in to an approved application: {{UserPrincipalName}}"
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
without the user stands in a table of its own, AADNonInteractiveUserSignInLogs, which is read as well. The
article grades the row low to medium; applications that are not approved are medium.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Device code sign-in to an application that is not approved for it
// rule 1628cadc-d7b4-4952-ac2c-734e12edbed3 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
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

The protocol is lower case in the log ("ropc"). Sign-ins of both kinds are read, those in which the user takes part
and those in which a client acts alone. In a B2C tenant, local accounts of custom policies
sign in this way through ProxyIdentityExperienceFramework: approve it there. A record that names no application is
reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// ROPC sign-in to an application that is not approved for it
// rule cdca1ee2-6f82-4f0c-8994-e8b1d033d86d by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_bf3d3b10_d9bd_4dd6_b053_3b19ac5aa860" {
  name                       = "bf3d3b10-d9bd-4dd6-b053-3b19ac5aa860"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Access to a key vault changed"
  description = chomp(<<TEXT
The settings of a key vault were changed, by whomever: its access policies and its network rules are among them.
What changed stands in the record, in places that depend on the change.

The article names no activity; these are the documented ones. Vaults that use Azure roles are changed by role
assignments, which the Azure activity log has.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Access to a key vault changed
// rule bf3d3b10-d9bd-4dd6-b053-3b19ac5aa860 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AZKVAuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("VaultPut", "VaultPatch", "VaultAccessPolicyChangedEventGridNotification")
| extend
    IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn = tostring(
        Identity.claim["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"]
    ),
    IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier = tostring(
        Identity.claim["http://schemas.microsoft.com/identity/claims/objectidentifier"]
    ),
    IdentityClaimUpn = tostring(Identity.claim.upn),
    IdentityClaimOid = tostring(Identity.claim.oid),
    IdentityClaimAppid = tostring(Identity.claim.appid)
| extend
    AccountName = tostring(split(IdentityClaimUpn, "@")[0]),
    AccountUPNSuffix = tostring(split(IdentityClaimUpn, "@")[1])
| project
    TimeGenerated,
    OperationName,
    ResultSignature,
    HttpStatusCode,
    CallerIpAddress,
    IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn,
    IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier,
    IdentityClaimUpn,
    IdentityClaimOid,
    IdentityClaimAppid,
    RequestUri,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    _ResourceId
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "CredentialAccess", "DefenseEvasion"]
  techniques           = ["T1098"]
  custom_details = {
    CorrelationId      = "CorrelationId"
    HttpStatusCode     = "HttpStatusCode"
    IdentityClaimAppid = "IdentityClaimAppid"
    IdentityClaimUpn   = "IdentityClaimUpn"
    IdentityClaimsUpn  = "IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn"
    Objectidentifier   = "IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier"
    OperationName      = "OperationName"
    RequestUri         = "RequestUri"
    ResultSignature    = "ResultSignature"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Access to a key vault changed: {{IdentityClaimUpn}}"
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
      column_name = "IdentityClaimOid"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "CallerIpAddress"
    }
  }
  entity_mapping {
    entity_type = "AzureResource"
    field_mapping {
      identifier  = "ResourceId"
      column_name = "_ResourceId"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_d7eb343a_9389_4a43_a7e2_29ca1826c66b" {
  name                       = "d7eb343a-9389-4a43-a7e2-29ca1826c66b"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Access policy of a key vault written"
  description = chomp(<<TEXT
An access policy of a key vault was written through the management of Azure. The record of the vault itself,
which another rule reads, is only there when the vault's own log is collected.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Access policy of a key vault written
// rule d7eb343a-9389-4a43-a7e2-29ca1826c66b by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AzureActivity
| where ingestion_time() > ago(1h)
| where OperationNameValue =~ "Microsoft.KeyVault/vaults/accessPolicies/write"
    and ActivityStatusValue in~ ("Success", "Succeeded")
| extend AccountName = tostring(split(Caller, "@")[0]), AccountUPNSuffix = tostring(split(Caller, "@")[1])
| project
    TimeGenerated,
    OperationNameValue,
    ActivityStatusValue,
    Caller,
    CallerIpAddress,
    ResourceId,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    _ResourceId
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "CredentialAccess"]
  techniques           = ["T1098"]
  custom_details = {
    ActivityStatusValue = "ActivityStatusValue"
    Caller              = "Caller"
    CorrelationId       = "CorrelationId"
    OperationNameValue  = "OperationNameValue"
    ResourceId          = "ResourceId"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Access policy of a key vault written: {{Caller}}"
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
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "CallerIpAddress"
    }
  }
  entity_mapping {
    entity_type = "AzureResource"
    field_mapping {
      identifier  = "ResourceId"
      column_name = "_ResourceId"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_c4a8c30e_e64d_494d_9c58_429a31ee7d61" {
  name                       = "c4a8c30e-e64d-494d-9c58-429a31ee7d61"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Key vault used by an unapproved caller"
  description = chomp(<<TEXT
A caller who is not on the list approved_keyvault_callers read, or used, a secret, key or certificate of a key
vault.

Records name the caller by user principal name, object id and application id, those of the vault itself under
longer keys; a caller who is known by one of them on the list is approved. The result type is Success even where
a call is refused, so it is not tested: refused calls count. The names are those of the table of its own
(AZKVAuditLogs); that its column Identity holds the object of the record is inferred from the records, so
compare it with yours.

ATT&CK, unknown to Sentinel: T1555.006.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Key vault used by an unapproved caller
// rule c4a8c30e-e64d-494d-9c58-429a31ee7d61 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AZKVAuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
    "SecretGet", "SecretList", "SecretBackup", "KeyGet", "KeySign", "KeyDecrypt", "KeyUnwrap", "KeyBackup",
    "CertificateGet"
)
| extend
    IdentityClaimUpn = tostring(Identity.claim.upn),
    IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn = tostring(
        Identity.claim["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"]
    ),
    IdentityClaimOid = tostring(Identity.claim.oid),
    IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier = tostring(
        Identity.claim["http://schemas.microsoft.com/identity/claims/objectidentifier"]
    ),
    IdentityClaimAppid = tostring(Identity.claim.appid)
| where isnotempty(
        coalesce(
            IdentityClaimUpn,
            IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn,
            IdentityClaimOid,
            IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier,
            IdentityClaimAppid
        )
    )
    and not(
        IdentityClaimUpn =~ "svc-vault@contoso.example"
        or IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn =~ "svc-vault@contoso.example"
        or IdentityClaimOid =~ "svc-vault@contoso.example"
        or IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier =~ "svc-vault@contoso.example"
        or IdentityClaimAppid =~ "svc-vault@contoso.example"
    )
| extend
    AccountName = tostring(split(IdentityClaimUpn, "@")[0]),
    AccountUPNSuffix = tostring(split(IdentityClaimUpn, "@")[1])
| project
    TimeGenerated,
    OperationName,
    ResultSignature,
    HttpStatusCode,
    CallerIpAddress,
    IdentityClaimUpn,
    IdentityClaimOid,
    IdentityClaimAppid,
    RequestUri,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    _ResourceId
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  custom_details = {
    CorrelationId      = "CorrelationId"
    HttpStatusCode     = "HttpStatusCode"
    IdentityClaimAppid = "IdentityClaimAppid"
    IdentityClaimUpn   = "IdentityClaimUpn"
    OperationName      = "OperationName"
    RequestUri         = "RequestUri"
    ResultSignature    = "ResultSignature"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Key vault used by an unapproved caller: {{IdentityClaimUpn}}"
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
      column_name = "IdentityClaimOid"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "CallerIpAddress"
    }
  }
  entity_mapping {
    entity_type = "AzureResource"
    field_mapping {
      identifier  = "ResourceId"
      column_name = "_ResourceId"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_d868b5a0_4358_4508_a58b_20a869f997ed" {
  name                       = "d868b5a0-4358-4508-a58b-20a869f997ed"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Key vault used outside of approved networks or working hours"
  description = chomp(<<TEXT
A secret, key or certificate of a key vault was read or used from an address outside of the list approved_ips,
or outside of the schedule working_hours, by a caller who is not on the list approved_keyvault_callers.

Records name the caller by user principal name, object id and application id, those of the vault itself under
longer keys; a caller who is known by one of them on the list is approved. The result type is Success even where
a call is refused, so it is not tested: refused calls count. The names are those of the table of its own
(AZKVAuditLogs); that its column Identity holds the object of the record is inferred from the records, so
compare it with yours.

ATT&CK, unknown to Sentinel: T1555.006.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Key vault used outside of approved networks or working hours
// rule d868b5a0-4358-4508-a58b-20a869f997ed by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AZKVAuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
    "SecretGet", "SecretList", "SecretBackup", "KeyGet", "KeySign", "KeyDecrypt", "KeyUnwrap", "KeyBackup",
    "CertificateGet"
)
| extend
    IdentityClaimUpn = tostring(Identity.claim.upn),
    IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn = tostring(
        Identity.claim["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"]
    ),
    IdentityClaimOid = tostring(Identity.claim.oid),
    IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier = tostring(
        Identity.claim["http://schemas.microsoft.com/identity/claims/objectidentifier"]
    ),
    IdentityClaimAppid = tostring(Identity.claim.appid),
    LocalTime = datetime_utc_to_local(TimeGenerated, "Etc/UTC")
| where not(
        IdentityClaimUpn =~ "svc-vault@contoso.example"
        or IdentityClaimHttpSchemasXmlsoapOrgWs200505IdentityClaimsUpn =~ "svc-vault@contoso.example"
        or IdentityClaimOid =~ "svc-vault@contoso.example"
        or IdentityClaimHttpSchemasMicrosoftComIdentityClaimsObjectidentifier =~ "svc-vault@contoso.example"
        or IdentityClaimAppid =~ "svc-vault@contoso.example"
    )
    and (
        (
            isnotempty(CallerIpAddress)
            and not(
                coalesce(ipv4_is_in_any_range(CallerIpAddress, "192.0.2.0/24", "198.51.100.0/24"), false)
                or coalesce(ipv6_is_in_range(CallerIpAddress, "2001:db8::/32"), false)
            )
        )
        or not(
            coalesce(
                dayofweek(LocalTime) in (1d, 2d, 3d, 4d, 5d)
                and hourofday(LocalTime) >= 7
                and hourofday(LocalTime) < 19,
                false
            )
        )
    )
| extend
    AccountName = tostring(split(IdentityClaimUpn, "@")[0]),
    AccountUPNSuffix = tostring(split(IdentityClaimUpn, "@")[1])
| project
    TimeGenerated,
    OperationName,
    ResultSignature,
    HttpStatusCode,
    CallerIpAddress,
    IdentityClaimUpn,
    IdentityClaimOid,
    IdentityClaimAppid,
    RequestUri,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    _ResourceId
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  custom_details = {
    CorrelationId      = "CorrelationId"
    HttpStatusCode     = "HttpStatusCode"
    IdentityClaimAppid = "IdentityClaimAppid"
    IdentityClaimUpn   = "IdentityClaimUpn"
    OperationName      = "OperationName"
    RequestUri         = "RequestUri"
    ResultSignature    = "ResultSignature"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Key vault used outside of approved networks or working hours: {{IdentityClaimUpn}}"
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
      column_name = "IdentityClaimOid"
    }
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "CallerIpAddress"
    }
  }
  entity_mapping {
    entity_type = "AzureResource"
    field_mapping {
      identifier  = "ResourceId"
      column_name = "_ResourceId"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_427eef9a_9d8b_46d1_bb39_b39b82aa152f" {
  name                       = "427eef9a-9d8b-46d1-bb39-b39b82aa152f"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "User consent stopped as risky"
  description = chomp(<<TEXT
A user wanted to consent to an application and was stopped, because the application looks risky. Look at what it
asked for and at who else met it.

The article writes the reason with a break, other letters and in the plural; the log has it as it stands in the
rule. The reason "Risky application detected" is also logged when an administrator consents all the same, so the
failure is tested. The type of the target differs from that of a granted consent and is not.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// User consent stopped as risky
// rule 427eef9a-9d8b-46d1-bb39-b39b82aa152f by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Consent to application"
    and Category =~ "ApplicationManagement"
    and LoggedByService =~ "Core Directory"
    and Result =~ "failure"
| mv-apply TargetResource = iff(array_length(TargetResources) > 0, TargetResources, dynamic([null])) on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "ConsentAction.Reason"
                and tostring(ModifiedProperty.newValue) contains "Risky application detected"
            )
    )
    | summarize TargetResourceMatches = countif(ModifiedPropertyMatches > 0)
)
| where ResultReason contains "UserConsentBlockedForRiskyApps" or TargetResourceMatches > 0
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
    ResultReason,
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
  tactics              = ["InitialAccess", "CredentialAccess"]
  techniques           = ["T1566", "T1528"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "User consent stopped as risky: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_28f21b85_7ea6_4d9e_9e7a_9bb1e8f6b1c3" {
  name                       = "28f21b85-7ea6-4d9e-9e7a-9bb1e8f6b1c3"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Redirect URI of an application set outside of owned domains"
  description = chomp(<<TEXT
A redirect URI of an application leads to a host outside of the domains of the list owned_domains. Tokens are
sent there: whoever registers a domain that has lapsed, or has one of his own entered, signs in as the users.

Whether a domain still resolves, or is still owned, is in no log; the list says what is owned, and a job that
reads the addresses of all applications through Microsoft Graph has to watch the rest. The property holds all
addresses, so that a change to one of them tells of the others again. Addresses of the machine itself and those
with schemes of apps are left alone. An address that names an owned domain behind its host does not pass for
owned.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Redirect URI of an application set outside of owned domains
// rule 28f21b85-7ea6-4d9e-9e7a-9bb1e8f6b1c3 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
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
                    (
                        tostring(NewValueItem.Address) startswith "http://"
                        or tostring(NewValueItem.Address) startswith "https://"
                    )
                    and not(
                        tostring(NewValueItem.Address) matches regex @"(?i)^https?://(localhost|127\.0\.0\.1)(:[0-9]+)?([/?].*)?$"
                    )
                    and not(
                        (
                            tostring(NewValueItem.Address) in~ ("http://contoso.example", "https://contoso.example")
                            or tostring(NewValueItem.Address) startswith "http://contoso.example/"
                            or tostring(NewValueItem.Address) startswith "http://contoso.example:"
                            or tostring(NewValueItem.Address) startswith "http://contoso.example?"
                            or tostring(NewValueItem.Address) startswith "http://contoso.example#"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http://.*\.contoso\.example$"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http://.*\.contoso\.example/"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http://.*\.contoso\.example:"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http://.*\.contoso\.example\?"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http://.*\.contoso\.example#"
                            or tostring(NewValueItem.Address) startswith "https://contoso.example/"
                            or tostring(NewValueItem.Address) startswith "https://contoso.example:"
                            or tostring(NewValueItem.Address) startswith "https://contoso.example?"
                            or tostring(NewValueItem.Address) startswith "https://contoso.example#"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^https://.*\.contoso\.example$"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^https://.*\.contoso\.example/"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^https://.*\.contoso\.example:"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^https://.*\.contoso\.example\?"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^https://.*\.contoso\.example#"
                        )
                        and not(
                            tostring(NewValueItem.Address) matches regex @"(?is)^http.*://.*/.*\.contoso\.example"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http.*://.*\?.*\.contoso\.example"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http.*://.*#.*\.contoso\.example"
                            or tostring(NewValueItem.Address) matches regex @"(?is)^http.*://.*@.*\.contoso\.example"
                        )
                    )
                )
        )
        | summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "AppAddress"
                and NewValueItemMatches > 0
                and not(
                    isnotempty(tostring(ModifiedProperty.newValue))
                    and tostring(ModifiedProperty.newValue) =~ tostring(ModifiedProperty.oldValue)
                )
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
    ResultReason,
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
  tactics              = ["CredentialAccess", "Persistence"]
  techniques           = ["T1528"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Redirect URI of an application set outside of owned domains: {{InitiatingUserPrincipalName}}"
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
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
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
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_3c5aa91f_56a2_451a_9450_0bb88cf4e94a" {
  name                       = "3c5aa91f-56a2-451a-9450-0bb88cf4e94a"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "App role of another API granted to an application"
  description = chomp(<<TEXT
An application received an application permission (app role) of an API that is not on the list sensitive_apis.

The API is the target resource that carries the property AppRole.Value. Display names can be missing, so the
names of its service principal, which hold its application id, count as well. Failed attempts are reported too.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// App role of another API granted to an application
// rule 3c5aa91f-56a2-451a-9450-0bb88cf4e94a by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Add app role assignment to service principal"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(tostring(ModifiedProperty.displayName) =~ "AppRole.Value"),
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
            and not(
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "App role of another API granted to an application: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_21a14d9c_4cd0_4960_8638_178048350403" {
  name                       = "21a14d9c-4cd0-4960-8638-178048350403"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged delegated permissions granted for all users"
  description = chomp(<<TEXT
An application was granted delegated permissions of the list privileged_permissions on behalf of all users, for
an API of the list sensitive_apis. It may then act for whoever signs in, without asking him.

The API is the target resource that carries the properties of the grant. Display names can be missing, so the
names of its service principal, which hold its application id, count as well; a permission and an API only count
together when they belong to the same target. Scopes are words in one text; a scope that contains a permission
of the list counts too. An amended grant is logged again with all its scopes. The template that the article
links reads app roles only and cannot see these grants. Failed attempts are reported too.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged delegated permissions granted for all users
// rule 21a14d9c-4cd0-4960-8638-178048350403 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Add delegated permission grant"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "DelegatedPermissionGrant.Scope"
                and (
                    tostring(ModifiedProperty.newValue) contains ".All"
                    or tostring(ModifiedProperty.newValue) contains "Mail."
                    or tostring(ModifiedProperty.newValue) contains "ReadWrite"
                    or tostring(ModifiedProperty.newValue) contains "full_access_as_app"
                )
            ),
            ModifiedPropertyMatches2 = countif(
                tostring(ModifiedProperty.displayName) =~ "DelegatedPermissionGrant.ConsentType"
                and tostring(ModifiedProperty.newValue) =~ "\"AllPrincipals\""
            ),
            ModifiedPropertyMatches3 = countif(
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
            and ModifiedPropertyMatches2 > 0
            and (
                tostring(TargetResource.displayName) in~ (
                    "Microsoft Graph", "00000003-0000-0000-c000-000000000000", "Office 365 Exchange Online",
                    "00000002-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online",
                    "00000003-0000-0ff1-ce00-000000000000", "Windows Azure Active Directory",
                    "00000002-0000-0000-c000-000000000000"
                )
                or ModifiedPropertyMatches3 > 0
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Privileged delegated permissions granted for all users: {{InitiatingUserPrincipalName}}"
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
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName =~ "Add app role assignment to service principal"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) =~ "AppRole.Value"
                and (
                    tostring(ModifiedProperty.newValue) matches regex @"(?is)^"".*\.All""$"
                    or tostring(ModifiedProperty.newValue) matches regex @"(?is)^""Mail\..*""$"
                    or tostring(ModifiedProperty.newValue) matches regex "(?is)^\".*ReadWrite.*\"$"
                    or tostring(ModifiedProperty.newValue) =~ "\"full_access_as_app\""
                )
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_32859a97_6ba1_4a16_bb73_5b858628b5d5" {
  name                       = "32859a97-6ba1-4a16-bb73-5b858628b5d5"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Permissions of a sensitive API granted to an application"
  description = chomp(<<TEXT
An application was granted app roles or delegated permissions of an API of the list sensitive_apis: Microsoft
Graph, Exchange, SharePoint or Microsoft Entra ID, unless the list is changed.

The API is the target resource that carries the properties of the grant. Display names can be missing, so the
names of its service principal, which hold its application id, count as well; a permission and an API only count
together when they belong to the same target. Failed attempts are reported too. Rules of their own rate what is
granted and by whom.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Permissions of a sensitive API granted to an application
// rule 32859a97-6ba1-4a16-bb73-5b858628b5d5 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Add delegated permission grant", "Add app role assignment to service principal")
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
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
            tostring(TargetResource.displayName) in~ (
                "Microsoft Graph", "00000003-0000-0000-c000-000000000000", "Office 365 Exchange Online",
                "00000002-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online",
                "00000003-0000-0ff1-ce00-000000000000", "Windows Azure Active Directory",
                "00000002-0000-0000-c000-000000000000"
            )
            or ModifiedPropertyMatches > 0
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Permissions of a sensitive API granted to an application: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_f56d466a_d0e8_45ce_8fe0_b21bb5ee7b8d" {
  name                       = "f56d466a-d0e8-45ce-8fe0-b21bb5ee7b8d"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Permissions granted to an application by an unapproved actor"
  description = chomp(<<TEXT
Somebody who is not on the list approved_app_admins granted an application app roles of an API of the list
sensitive_apis, or delegated permissions of the list privileged_permissions for such an API.

The article speaks of administrators and of the portal of Microsoft 365. The records are in the Entra audit log
and do not say which roles an actor holds; who may grant is therefore a list. The API is the target resource
that carries the properties of the grant. Display names can be missing, so the names of its service principal,
which hold its application id, count as well; a permission and an API only count together when they belong to
the same target. Scopes are words in one text; a scope that contains a permission of the list counts too. An
amended grant is logged again with all its scopes. Failed attempts are reported too.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Permissions granted to an application by an unapproved actor
// rule f56d466a-d0e8-45ce-8fe0-b21bb5ee7b8d by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Add app role assignment to service principal", "Add delegated permission grant")
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
| mv-apply TargetResource = iff(array_length(TargetResources) > 0, TargetResources, dynamic([null])) on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
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
            ),
            ModifiedPropertyMatches2 = countif(
                tostring(ModifiedProperty.displayName) =~ "DelegatedPermissionGrant.Scope"
                and (
                    tostring(ModifiedProperty.newValue) contains ".All"
                    or tostring(ModifiedProperty.newValue) contains "Mail."
                    or tostring(ModifiedProperty.newValue) contains "ReadWrite"
                    or tostring(ModifiedProperty.newValue) contains "full_access_as_app"
                )
            )
    )
    | summarize
        TargetResourceMatches = countif(
            tostring(TargetResource.displayName) in~ (
                "Microsoft Graph", "00000003-0000-0000-c000-000000000000", "Office 365 Exchange Online",
                "00000002-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online",
                "00000003-0000-0ff1-ce00-000000000000", "Windows Azure Active Directory",
                "00000002-0000-0000-c000-000000000000"
            )
            or ModifiedPropertyMatches > 0
        ),
        TargetResourceMatches2 = countif(
            ModifiedPropertyMatches2 > 0
            and (
                tostring(TargetResource.displayName) in~ (
                    "Microsoft Graph", "00000003-0000-0000-c000-000000000000", "Office 365 Exchange Online",
                    "00000002-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online",
                    "00000003-0000-0ff1-ce00-000000000000", "Windows Azure Active Directory",
                    "00000002-0000-0000-c000-000000000000"
                )
                or ModifiedPropertyMatches > 0
            )
        )
)
| where (OperationName =~ "Add app role assignment to service principal" and TargetResourceMatches > 0)
    or (OperationName =~ "Add delegated permission grant" and TargetResourceMatches2 > 0)
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Permissions granted to an application by an unapproved actor: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_0d67fb1f_89c7_4f99_b90d_6b016f1a8996" {
  name                       = "0d67fb1f-89c7-4f99-b90d-6b016f1a8996"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Log-out URL of an application changed"
  description = chomp(<<TEXT
The log-out URL of an application was changed or emptied. A blank one, or one that leads nowhere, keeps users
from ending their session.

The article names no property and misspells the second activity. The name of the property is not shown by a
published record: any whose name contains "LogoutUrl" counts. Whether a URL leads somewhere is in no log. One
change is logged for the application and for its service principal; the correlation id brings the two together.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// Log-out URL of an application changed
// rule 0d67fb1f-89c7-4f99-b90d-6b016f1a8996 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Update application", "Update service principal")
    and Category =~ "ApplicationManagement"
    and LoggedByService =~ "Core Directory"
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = TargetResource.modifiedProperties on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) contains "LogoutUrl"
                and not(
                    isnotempty(tostring(ModifiedProperty.newValue))
                    and tostring(ModifiedProperty.newValue) =~ tostring(ModifiedProperty.oldValue)
                )
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
    Result,
    ResultReason,
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
  tactics              = ["DefenseEvasion", "CredentialAccess"]
  techniques           = ["T1539"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Log-out URL of an application changed: {{InitiatingUserPrincipalName}}"
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
  display_name               = "Owner added to an application by an unapproved actor"
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
// Owner added to an application by an unapproved actor
// rule 1e40204c-3bf7-45c6-813c-4fffede16ec3 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
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
    display_name_format = "Owner added to an application by an unapproved actor: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_ee4167bb_d19f_4693_ac08_775a2cd5a6cc" {
  name                       = "ee4167bb-d19f-4693-ac08-775a2cd5a6cc"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Azure role assigned to an application"
  description = chomp(<<TEXT
An Azure role was assigned to a service principal. The application can then use the resources of the
subscription, group or resource that the assignment is for.

The article files the row under the Entra audit logs; Azure roles are in the Azure activity log. The kind of the
principal is known only from the request, whose keys are written as the caller wrote them, so its text is
compared. Published records show the request with the record of the beginning; that the record of success
repeats it is not shown, so the beginning counts, whatever comes of it. A caller may leave the kind out; such an
assignment is not reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Azure role assigned to an application
// rule ee4167bb-d19f-4693-ac08-775a2cd5a6cc by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AzureActivity
| where ingestion_time() > ago(1h)
| where OperationNameValue =~ "Microsoft.Authorization/roleAssignments/write"
    and ActivityStatusValue in~ ("Start", "Started")
| extend Properties_dRequestbody = tostring(Properties_d.requestbody)
| where Properties_dRequestbody matches regex @"(?i)PrincipalType[\\""\s]*:[\\""\s]*ServicePrincipal"
| extend AccountName = tostring(split(Caller, "@")[0]), AccountUPNSuffix = tostring(split(Caller, "@")[1])
| project
    TimeGenerated,
    OperationNameValue,
    ActivityStatusValue,
    Caller,
    CallerIpAddress,
    ResourceId,
    Properties_dRequestbody,
    CorrelationId,
    AccountName,
    AccountUPNSuffix,
    _ResourceId
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
    ActivityStatusValue = "ActivityStatusValue"
    Caller              = "Caller"
    CorrelationId       = "CorrelationId"
    OperationNameValue  = "OperationNameValue"
    Requestbody         = "Properties_dRequestbody"
    ResourceId          = "ResourceId"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Azure role assigned to an application: {{Caller}}"
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
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "CallerIpAddress"
    }
  }
  entity_mapping {
    entity_type = "AzureResource"
    field_mapping {
      identifier  = "ResourceId"
      column_name = "_ResourceId"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_301472a7_1710_40b0_8347_a43831cfe246" {
  name                       = "301472a7-1710-40b0-8347-a43831cfe246"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Application given a privileged directory role"
  description = chomp(<<TEXT
A service principal was added to a directory role of the list privileged_roles, for good or as eligible. The
application then acts as an administrator, without a user and without a second factor.

The role is named by the properties of the service principal, in records of Privileged Identity Management by a
target of its own. The latter write longer activities, such as "Add eligible member to role in PIM completed
(permanent)". Azure roles are in another log, which a rule of its own reads. Failed attempts are reported too.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Application given a privileged directory role
// rule 301472a7-1710-40b0-8347-a43831cfe246 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where Category =~ "RoleManagement"
    and (
        OperationName startswith "Add member to role"
        or OperationName startswith "Add eligible member to role"
        or OperationName startswith "Add scoped member to role"
    )
| mv-apply TargetResource = TargetResources on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) in~ ("Role.TemplateId", "Role.DisplayName")
                and tostring(ModifiedProperty.newValue) in~ (
                    "\"62e90394-69f5-4237-9190-012177145e10\"", "\"Global Administrator\"",
                    "\"e8611ab8-c189-46e8-94e1-60213ab1f814\"", "\"Privileged Role Administrator\"",
                    "\"7be44c8a-adaf-4e2a-84d6-ab2649e08a13\"", "\"Privileged Authentication Administrator\"",
                    "\"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3\"", "\"Application Administrator\"",
                    "\"158c047a-c907-4556-b7ef-446551a6b5f7\"", "\"Cloud Application Administrator\"",
                    "\"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9\"", "\"Conditional Access Administrator\"",
                    "\"194ae4cb-b126-40b2-bd5b-6091b380977d\"", "\"Security Administrator\"",
                    "\"fe930be7-5e62-47db-91af-98c3a49a38b1\"", "\"User Administrator\"",
                    "\"29232cdf-9323-42fd-ade2-1d097af3e4de\"", "\"Exchange Administrator\"",
                    "\"f28a1f50-f6e7-4571-818b-6a12f2af6b6c\"", "\"SharePoint Administrator\""
                )
            )
    )
    | summarize
        TargetResourceMatches = countif(tostring(TargetResource.type) =~ "ServicePrincipal"),
        TargetResourceMatches2 = countif(
            ModifiedPropertyMatches > 0
            or (
                tostring(TargetResource.type) =~ "Role"
                and (
                    tostring(TargetResource.displayName) in~ (
                        "62e90394-69f5-4237-9190-012177145e10", "Global Administrator",
                        "e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator",
                        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator",
                        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator",
                        "158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator",
                        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator",
                        "194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator",
                        "fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator",
                        "29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator",
                        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"
                    )
                    or tostring(TargetResource.id) in~ (
                        "62e90394-69f5-4237-9190-012177145e10", "Global Administrator",
                        "e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator",
                        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator",
                        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator",
                        "158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator",
                        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator",
                        "194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator",
                        "fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator",
                        "29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator",
                        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"
                    )
                )
            )
        )
)
| where TargetResourceMatches > 0 and TargetResourceMatches2 > 0
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Application given a privileged directory role: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_12323f10_0a8c_4615_88bc_486bfef028a3" {
  name                       = "12323f10-0a8c-4615-88bc-486bfef028a3"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Application given a directory role"
  description = chomp(<<TEXT
A service principal was added to a directory role that is not on the list privileged_roles, for good or as
eligible.

The role is named by the properties of the service principal, in records of Privileged Identity Management by a
target of its own. The latter write longer activities, such as "Add eligible member to role in PIM completed
(permanent)". Azure roles are in another log, which a rule of its own reads. Failed attempts are reported too.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Application given a directory role
// rule 12323f10-0a8c-4615-88bc-486bfef028a3 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-applications
AuditLogs
| where ingestion_time() > ago(1h)
| where Category =~ "RoleManagement"
    and (
        OperationName startswith "Add member to role"
        or OperationName startswith "Add eligible member to role"
        or OperationName startswith "Add scoped member to role"
    )
| mv-apply TargetResource = iff(array_length(TargetResources) > 0, TargetResources, dynamic([null])) on (
    mv-apply ModifiedProperty = iff(
        array_length(TargetResource.modifiedProperties) > 0,
        TargetResource.modifiedProperties,
        dynamic([null])
    ) on (
        summarize
            ModifiedPropertyMatches = countif(
                tostring(ModifiedProperty.displayName) in~ ("Role.TemplateId", "Role.DisplayName")
                and tostring(ModifiedProperty.newValue) in~ (
                    "\"62e90394-69f5-4237-9190-012177145e10\"", "\"Global Administrator\"",
                    "\"e8611ab8-c189-46e8-94e1-60213ab1f814\"", "\"Privileged Role Administrator\"",
                    "\"7be44c8a-adaf-4e2a-84d6-ab2649e08a13\"", "\"Privileged Authentication Administrator\"",
                    "\"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3\"", "\"Application Administrator\"",
                    "\"158c047a-c907-4556-b7ef-446551a6b5f7\"", "\"Cloud Application Administrator\"",
                    "\"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9\"", "\"Conditional Access Administrator\"",
                    "\"194ae4cb-b126-40b2-bd5b-6091b380977d\"", "\"Security Administrator\"",
                    "\"fe930be7-5e62-47db-91af-98c3a49a38b1\"", "\"User Administrator\"",
                    "\"29232cdf-9323-42fd-ade2-1d097af3e4de\"", "\"Exchange Administrator\"",
                    "\"f28a1f50-f6e7-4571-818b-6a12f2af6b6c\"", "\"SharePoint Administrator\""
                )
            )
    )
    | summarize
        TargetResourceMatches = countif(tostring(TargetResource.type) =~ "ServicePrincipal"),
        TargetResourceMatches2 = countif(
            ModifiedPropertyMatches > 0
            or (
                tostring(TargetResource.type) =~ "Role"
                and (
                    tostring(TargetResource.displayName) in~ (
                        "62e90394-69f5-4237-9190-012177145e10", "Global Administrator",
                        "e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator",
                        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator",
                        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator",
                        "158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator",
                        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator",
                        "194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator",
                        "fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator",
                        "29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator",
                        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"
                    )
                    or tostring(TargetResource.id) in~ (
                        "62e90394-69f5-4237-9190-012177145e10", "Global Administrator",
                        "e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator",
                        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator",
                        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator",
                        "158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator",
                        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator",
                        "194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator",
                        "fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator",
                        "29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator",
                        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"
                    )
                )
            )
        )
)
| where TargetResourceMatches > 0 and TargetResourceMatches2 == 0
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Application given a directory role: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_f6684153_69b6_41a7_85c0_99c4a732d354" {
  name                       = "f6684153-69b6-41a7-85c0-99c4a732d354"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Account created or deleted by an unapproved actor"
  description = chomp(<<TEXT
Somebody who is neither the B2C service nor on the list approved_user_admins created or deleted an account of
the tenant. Made by hand, an account escapes the sign-up that customers go through.

The article joins the two activities with "and-or"; either is enough. It compares the user principal name, which
applications do not have: an actor is a user or an application, known by any of its names and ids. Records
without any are not reported.

The article gives the actor as "CPIM Service". Microsoft's list of first-party applications has an application
of that name; no record in which it creates a user has been published, and the application id is null in
published records, so the display name is compared. Check it in a record of your tenant.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Account created or deleted by an unapproved actor
// rule f6684153-69b6-41a7-85c0-99c4a732d354 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Add user", "Delete user") and Result =~ "success"
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
    and InitiatingAppName !~ "CPIM Service"
    and not(
        InitiatingUserPrincipalName =~ "user-admin@contoso.example"
        or InitiatingAadUserId =~ "user-admin@contoso.example"
        or InitiatingAppName =~ "user-admin@contoso.example"
        or InitiatingAppServicePrincipalName =~ "user-admin@contoso.example"
        or InitiatingAppServicePrincipalId =~ "user-admin@contoso.example"
        or InitiatingAppId =~ "user-admin@contoso.example"
    )
| extend
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    ResultReason,
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
  tactics              = ["Persistence", "Impact"]
  techniques           = ["T1136", "T1531"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Account created or deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_27ebfaa6_933a_4797_a3a8_f011f70bd633" {
  name                       = "27ebfaa6-933a-4797-a3a8-f011f70bd633"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C account added to a role"
  description = chomp(<<TEXT
An account whose user principal name is generated, as that of a local account of a B2C tenant is, was added to a
directory role. Customers have no business in roles, however long ago they signed up.

The article asks for accounts that the B2C service created before. This rule needs no memory of that: such a
name begins with the object id of the account. Accounts of employees whose names were chosen are not reported.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C account added to a role
// rule 27ebfaa6-933a-4797-a3a8-f011f70bd633 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ ("Add member to role", "Add eligible member to role", "Add scoped member to role")
    and Result =~ "success"
| mv-apply TargetResource = TargetResources on (
    summarize
        TargetResourceMatches = countif(
            tostring(TargetResource.type) =~ "User"
            and tostring(TargetResource.userPrincipalName) matches regex "(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@"
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
    ResultReason,
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
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "B2C account added to a role: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_4cc76194_1d1a_4c46_a135_f0105a6485b5" {
  name                       = "4cc76194-1d1a-4c46-a135-f0105a6485b5"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C account given a role within a day of its creation"
  description = chomp(<<TEXT
The B2C service created an account, and within a day the account was added to a directory role. Customers have
no business in roles: whoever promotes one of their accounts may have signed it up for that.

The two records are brought together by the object id of the account, since the user principal name of a local
account is generated. An account that is promoted later is found by the rule "B2C account added to a role". The
article also speaks of Azure roles and of groups: privileged groups have a correlation of their own in this
file, and Azure roles are in another log (AzureActivity), where a rule reports every assignment to an
application.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C account given a role within a day of its creation
// rule 4cc76194-1d1a-4c46-a135-f0105a6485b5 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1d that ends at each event
// Began...: how late a sequence that has come as far as this rule can have begun
let Events = materialize(
    AuditLogs
    | extend IsNew = ingestion_time() > ago(1h)
    | where (OperationName =~ "Add user" and Result =~ "success")
        or (
            OperationName in~ ("Add member to role", "Add eligible member to role", "Add scoped member to role")
            and Result =~ "success"
        )
    | extend InitiatingAppName = tostring(InitiatedBy.app.displayName)
    | extend
        IsAccountCreatedByB2cService = OperationName =~ "Add user"
            and Result =~ "success"
            and InitiatingAppName =~ "CPIM Service",
        IsUserAddedToRole = OperationName in~ (
                "Add member to role", "Add eligible member to role", "Add scoped member to role"
            )
            and Result =~ "success"
    | where IsAccountCreatedByB2cService or IsUserAddedToRole
    | mv-apply TargetResource = TargetResources on (
        summarize by TargetResourcesId = tostring(TargetResource.id)
        | where isnotempty(TargetResourcesId)
    )
    | project TimeGenerated, TargetResourcesId, IsAccountCreatedByB2cService, IsUserAddedToRole, IsNew
);
Events
| summarize
    IsAccountCreatedByB2cService = countif(IsAccountCreatedByB2cService) > 0,
    IsUserAddedToRole = countif(IsUserAddedToRole) > 0
    by TimeGenerated, TargetResourcesId
| sort by TargetResourcesId asc, TimeGenerated asc
| extend SameGroup = prev(TargetResourcesId) == TargetResourcesId
| scan declare (BeganAccountCreatedByB2cService: datetime, BeganUserAddedToRole: datetime) with (
    step prior: true =>
        BeganAccountCreatedByB2cService = iff(
            SameGroup,
            iff(prior.IsAccountCreatedByB2cService, prior.TimeGenerated, prior.BeganAccountCreatedByB2cService),
            datetime(null)
        ),
        BeganUserAddedToRole = iff(
            SameGroup,
            case(
                prior.IsAccountCreatedByB2cService and prior.IsUserAddedToRole,
                prior.TimeGenerated,
                prior.IsUserAddedToRole,
                prior.BeganAccountCreatedByB2cService,
                prior.BeganUserAddedToRole
            ),
            datetime(null)
        );
)
| extend
    Began = case(
        IsAccountCreatedByB2cService and IsUserAddedToRole,
        TimeGenerated,
        IsUserAddedToRole,
        BeganAccountCreatedByB2cService,
        BeganUserAddedToRole
    )
| where TimeGenerated > ago(2h)
    and Began >= TimeGenerated - 1d
    and (isnull(BeganUserAddedToRole) or BeganUserAddedToRole < TimeGenerated - 1d)
| project TimeGenerated, TargetResourcesId
| join kind=inner (Events | project TargetResourcesId, EventTime = TimeGenerated, IsNew) on TargetResourcesId
| where EventTime between (TimeGenerated - 1d .. TimeGenerated)
| summarize
    StartTime = min(EventTime),
    EventCount = count(),
    IsNew = countif(IsNew) > 0
    by TimeGenerated, TargetResourcesId
| where IsNew
| project TimeGenerated, StartTime, TargetResourcesId, EventCount
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT26H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation"]
  techniques           = ["T1098"]
  custom_details = {
    EventCount        = "EventCount"
    TargetResourcesId = "TargetResourcesId"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_cb134583_6401_4881_908f_56768caee2dd" {
  name                       = "cb134583-6401-4881-908f-56768caee2dd"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C account added to a privileged group within a day of its creation"
  description = chomp(<<TEXT
The B2C service created an account, and within a day the account was added to a group of the list
privileged_groups.

The two records are brought together by the object id of the account, since the user principal name of a local
account is generated.

ATT&CK, unknown to Sentinel: T1098.007.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C account added to a privileged group within a day of its creation
// rule cb134583-6401-4881-908f-56768caee2dd by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1d that ends at each event
// Began...: how late a sequence that has come as far as this rule can have begun
let Events = materialize(
    AuditLogs
    | extend IsNew = ingestion_time() > ago(1h)
    | where (OperationName =~ "Add user" and Result =~ "success")
        or (OperationName =~ "Add member to group" and Result =~ "success")
    | extend InitiatingAppName = tostring(InitiatedBy.app.displayName)
    | mv-apply TargetResource = iff(array_length(TargetResources) > 0, TargetResources, dynamic([null])) on (
        summarize
            TargetResourceMatches = countif(
                tostring(TargetResource.type) =~ "Group"
                and tostring(TargetResource.id) == "00000000-0000-0000-0000-000000000000"
            )
    )
    | extend
        IsAccountCreatedByB2cService = OperationName =~ "Add user"
            and Result =~ "success"
            and InitiatingAppName =~ "CPIM Service",
        IsUserAddedToPrivilegedGroup = OperationName =~ "Add member to group"
            and Result =~ "success"
            and TargetResourceMatches > 0
    | where IsAccountCreatedByB2cService or IsUserAddedToPrivilegedGroup
    | mv-apply TargetResource = TargetResources on (
        summarize by TargetResourcesId = tostring(TargetResource.id)
        | where isnotempty(TargetResourcesId)
    )
    | project TimeGenerated, TargetResourcesId, IsAccountCreatedByB2cService, IsUserAddedToPrivilegedGroup, IsNew
);
Events
| summarize
    IsAccountCreatedByB2cService = countif(IsAccountCreatedByB2cService) > 0,
    IsUserAddedToPrivilegedGroup = countif(IsUserAddedToPrivilegedGroup) > 0
    by TimeGenerated, TargetResourcesId
| sort by TargetResourcesId asc, TimeGenerated asc
| extend SameGroup = prev(TargetResourcesId) == TargetResourcesId
| scan declare (BeganAccountCreatedByB2cService: datetime, BeganUserAddedToPrivilegedGroup: datetime) with (
    step prior: true =>
        BeganAccountCreatedByB2cService = iff(
            SameGroup,
            iff(prior.IsAccountCreatedByB2cService, prior.TimeGenerated, prior.BeganAccountCreatedByB2cService),
            datetime(null)
        ),
        BeganUserAddedToPrivilegedGroup = iff(
            SameGroup,
            case(
                prior.IsAccountCreatedByB2cService and prior.IsUserAddedToPrivilegedGroup,
                prior.TimeGenerated,
                prior.IsUserAddedToPrivilegedGroup,
                prior.BeganAccountCreatedByB2cService,
                prior.BeganUserAddedToPrivilegedGroup
            ),
            datetime(null)
        );
)
| extend
    Began = case(
        IsAccountCreatedByB2cService and IsUserAddedToPrivilegedGroup,
        TimeGenerated,
        IsUserAddedToPrivilegedGroup,
        BeganAccountCreatedByB2cService,
        BeganUserAddedToPrivilegedGroup
    )
| where TimeGenerated > ago(2h)
    and Began >= TimeGenerated - 1d
    and (isnull(BeganUserAddedToPrivilegedGroup) or BeganUserAddedToPrivilegedGroup < TimeGenerated - 1d)
| project TimeGenerated, TargetResourcesId
| join kind=inner (Events | project TargetResourcesId, EventTime = TimeGenerated, IsNew) on TargetResourcesId
| where EventTime between (TimeGenerated - 1d .. TimeGenerated)
| summarize
    StartTime = min(EventTime),
    EventCount = count(),
    IsNew = countif(IsNew) > 0
    by TimeGenerated, TargetResourcesId
| where IsNew
| project TimeGenerated, StartTime, TargetResourcesId, EventCount
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT26H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Persistence", "PrivilegeEscalation"]
  custom_details = {
    EventCount        = "EventCount"
    TargetResourcesId = "TargetResourcesId"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_185ebeaf_c8f3_465d_8acb_4598bd617c45" {
  name                       = "185ebeaf-c8f3-465d-8acb-4598bd617c45"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Failed B2C sign-in from a country that is not approved"
  description = chomp(<<TEXT
A customer failed to sign in from a country that is not on the list approved_locations, where the organisation
has no customers.

The article writes "Location = <unapproved location>" and its note asks for the opposite, places that are not
among the given ones: the list holds what is approved. Countries are compared by their two-letter codes. The
note also speaks of cities: those of the list approved_cities are approved wherever they are. Sign-ins whose
country is not known, and such as only interrupt to ask for more, are told apart by nothing: any result but
success counts, and a country must be there.

Sign-ins of local accounts appear under the names of two applications, which the article gives and no published
record shows: they are the list b2c_sign_in_apps. Compare it with the sign-ins of your tenant before you rely on
the rule.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Failed B2C sign-in from a country that is not approved
// rule 185ebeaf-c8f3-465d-8acb-4598bd617c45 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and isnotempty(ResultType)
    and isnotempty(Location)
    and ResultType != "0"
    and Location !~ "AQ"
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
  tactics              = ["InitialAccess", "CredentialAccess"]
  techniques           = ["T1078", "T1110"]
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
    display_name_format = "Failed B2C sign-in from a country that is not approved: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_628cef8f_c499_441a_8543_e03964635776" {
  name                       = "628cef8f-c499-441a-8543-e03964635776"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Many failed sign-ins of a B2C account"
  description = chomp(<<TEXT
An account failed to sign in ten times within an hour for a wrong name or password: somebody guesses, or has
forgotten. The number is to be tuned to the tenant.

The article writes the status as "failed"; the log has no such word, and the code alone says it. It joins error
code and applications without brackets: the code and one of the applications.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Many failed sign-ins of a B2C account
// rule 628cef8f-c499-441a-8543-e03964635776 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where ResultType == "50126"
    and AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and isnotempty(UserPrincipalName)
| project TimeGenerated, UserPrincipalName, IsNew
| sort by UserPrincipalName asc, TimeGenerated asc, IsNew desc
| extend NewSoFar = row_cumsum(tolong(IsNew))
| extend
    StartTime = iff(prev(UserPrincipalName, 9) == UserPrincipalName, prev(TimeGenerated, 9), datetime(null)),
    EarlierTime = iff(prev(UserPrincipalName, 10) == UserPrincipalName, prev(TimeGenerated, 10), datetime(null)),
    IsNew = NewSoFar > prev(NewSoFar, 10, 0)
| where TimeGenerated > ago(2h)
    and StartTime >= TimeGenerated - 1h
    and (isnull(EarlierTime) or EarlierTime < TimeGenerated - 1h)
    and IsNew
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project TimeGenerated, StartTime, UserPrincipalName, AccountName, AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT3H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    UserPrincipalName = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Many failed sign-ins of a B2C account: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_8ba74dc5_bb80_4e5d_b9bf_f10555792a10" {
  name                       = "8ba74dc5-bb80-4e5d-b9bf-f10555792a10"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Failed sign-ins of many B2C accounts from one address"
  description = chomp(<<TEXT
Ten accounts failed to sign in from one address within an hour for a wrong name or password: many accounts with
the same pattern, which the article rates high. One password is tried on many accounts, or stolen lists of names
and passwords are.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Failed sign-ins of many B2C accounts from one address
// rule 8ba74dc5-bb80-4e5d-b9bf-f10555792a10 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
// Step: an event counts from its time (1) until it leaves the window (-1)
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where ResultType == "50126"
    and AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and isnotempty(IPAddress)
    and isnotempty(UserPrincipalName)
| project TimeGenerated, IPAddress, UserPrincipalName, IsNew
| summarize Added = count(), AddedNew = countif(IsNew) by TimeGenerated, IPAddress, UserPrincipalName
| sort by IPAddress asc, TimeGenerated asc
| extend NextTime = next(TimeGenerated)
| mv-expand Step = dynamic([1, -1]) to typeof(long)
| extend Moment = TimeGenerated + iff(Step > 0, 0s, 1h)
| sort by IPAddress asc, UserPrincipalName asc, Moment asc, Step desc
| extend SameValue = prev(IPAddress) == IPAddress and prev(UserPrincipalName) == UserPrincipalName
| extend Held = row_cumsum(Step * Added, not(SameValue))
| summarize
    Change = countif(Step > 0 and Held == Added) - countif(Step < 0 and Held == 0),
    NextTime = max(NextTime),
    AddedNew = sum(AddedNew)
    by TimeGenerated, IPAddress, Moment, Step
| sort by IPAddress asc, Moment asc, Step desc
| extend SameGroup = prev(IPAddress) == IPAddress
| extend ValueCount = row_cumsum(Change, not(SameGroup)), IsNew = row_cumsum(Step * AddedNew, not(SameGroup)) > 0
| scan declare (StartTime: datetime) with (
    step prior: true =>
        StartTime = iff(Step < 0, NextTime, coalesce(iff(SameGroup, prior.StartTime, datetime(null)), TimeGenerated));
)
| where Step > 0 and TimeGenerated > ago(2h) and ValueCount >= 10 and ValueCount - Change < 10 and IsNew
| project TimeGenerated, StartTime, IPAddress, ValueCount
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT3H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    ValueCount = "ValueCount"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Failed sign-ins of many B2C accounts from one address: {{IPAddress}}"
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_6c0780a8_2cd4_476b_ad55_3db0e38bafa8" {
  name                       = "6c0780a8-2cd4-476b-ad55-3db0e38bafa8"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Failed B2C sign-ins increased by a tenth"
  description = chomp(<<TEXT
Within an hour at least a tenth more sign-ins of customers failed than in the same hour of the day before, for
whatever reason. The article names no period to compare with; the same hour of the day before is our choice.
Below 50 sign-ins an hour nothing is reported.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Failed B2C sign-ins increased by a tenth
// rule 6c0780a8-2cd4-476b-ad55-3db0e38bafa8 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
// more than 10% above the window 1d before it
// Step: an event counts from its time (1) until it leaves the window (-1)
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and isnotempty(ResultType)
    and ResultType != "0"
| project TimeGenerated, IsNew
| summarize Added = count(), AddedNew = countif(IsNew) by TimeGenerated
| sort by TimeGenerated asc
| extend NextTime = next(TimeGenerated)
| mv-expand Period = range(0, 1) to typeof(long)
| mv-expand Step = dynamic([1, -1]) to typeof(long)
| extend Moment = TimeGenerated + Period * 1d + iff(Step > 0, 0s, 1h), Change = Step * Added
| sort by Moment asc, Period desc, Step desc
| extend
    EventCount = row_cumsum(iff(Period == 0, Change, 0)),
    PastCount = row_cumsum(iff(Period > 0, Change, 0)),
    IsNew = row_cumsum(iff(Period == 0, Step * AddedNew, 0)) > 0
| scan declare (StartTime: datetime) with (
    step prior: true => StartTime = iff(Step < 0 and Period == 0, NextTime, coalesce(prior.StartTime, TimeGenerated));
)
| where Step > 0
    and Period == 0
    and TimeGenerated > ago(2h)
    and EventCount >= 50
    and EventCount * 100 > PastCount * 110
    and not(EventCount - Change >= 50 and (EventCount - Change) * 100 > PastCount * 110)
    and IsNew
| extend AverageBefore = PastCount
| project TimeGenerated, StartTime, EventCount, AverageBefore
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT27H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    AverageBefore = "AverageBefore"
    EventCount    = "EventCount"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_14a7d5ad_c663_4ff4_9938_8764ab35bef4" {
  name                       = "14a7d5ad-c663-4ff4-9938-8764ab35bef4"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C account locked out"
  description = chomp(<<TEXT
Smart lockout refused a sign-in of a customer (error 50053): wrong passwords have been tried too often. Accounts
of the list vip_accounts are left to a rule of their own.

The same code is given to sign-ins from addresses that are known as malicious, when no account has been locked;
the description of the result tells the two apart.

Sign-ins of local accounts appear under the names of two applications, which the article gives and no published
record shows: they are the list b2c_sign_in_apps. Compare it with the sign-ins of your tenant before you rely on
the rule.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// B2C account locked out
// rule 14a7d5ad-c663-4ff4-9938-8764ab35bef4 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "50053"
    and AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and UserPrincipalName !~ "vip@contoso.example"
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
    display_name_format = "B2C account locked out: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_afc527bc_cbed_48be_bbd6_1c0b37e724f9" {
  name                       = "afc527bc-cbed-48be-bbd6-1c0b37e724f9"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C account of a VIP locked out"
  description = chomp(<<TEXT
Smart lockout refused a sign-in of a customer on the list vip_accounts (error 50053): wrong passwords have been
tried too often.

The same code is given to sign-ins from addresses that are known as malicious, when no account has been locked;
the description of the result tells the two apart.

Sign-ins of local accounts appear under the names of two applications, which the article gives and no published
record shows: they are the list b2c_sign_in_apps. Compare it with the sign-ins of your tenant before you rely on
the rule.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C account of a VIP locked out
// rule afc527bc-cbed-48be-bbd6-1c0b37e724f9 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "50053"
    and AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and UserPrincipalName =~ "vip@contoso.example"
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
    display_name_format = "B2C account of a VIP locked out: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_3428cd2b_97d1_4b79_800b_6f0ba1f529be" {
  name                       = "3428cd2b-97d1-4b79-800b-6f0ba1f529be"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Lockouts of many B2C accounts from one address"
  description = chomp(<<TEXT
Five accounts were locked out through one address within an hour: many accounts with the same pattern, which the
article rates high. Somebody goes through a list of customers.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Lockouts of many B2C accounts from one address
// rule 3428cd2b-97d1-4b79-800b-6f0ba1f529be by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
// Step: an event counts from its time (1) until it leaves the window (-1)
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where ResultType == "50053"
    and AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework")
    and isnotempty(IPAddress)
    and isnotempty(UserPrincipalName)
| project TimeGenerated, IPAddress, UserPrincipalName, IsNew
| summarize Added = count(), AddedNew = countif(IsNew) by TimeGenerated, IPAddress, UserPrincipalName
| sort by IPAddress asc, TimeGenerated asc
| extend NextTime = next(TimeGenerated)
| mv-expand Step = dynamic([1, -1]) to typeof(long)
| extend Moment = TimeGenerated + iff(Step > 0, 0s, 1h)
| sort by IPAddress asc, UserPrincipalName asc, Moment asc, Step desc
| extend SameValue = prev(IPAddress) == IPAddress and prev(UserPrincipalName) == UserPrincipalName
| extend Held = row_cumsum(Step * Added, not(SameValue))
| summarize
    Change = countif(Step > 0 and Held == Added) - countif(Step < 0 and Held == 0),
    NextTime = max(NextTime),
    AddedNew = sum(AddedNew)
    by TimeGenerated, IPAddress, Moment, Step
| sort by IPAddress asc, Moment asc, Step desc
| extend SameGroup = prev(IPAddress) == IPAddress
| extend ValueCount = row_cumsum(Change, not(SameGroup)), IsNew = row_cumsum(Step * AddedNew, not(SameGroup)) > 0
| scan declare (StartTime: datetime) with (
    step prior: true =>
        StartTime = iff(Step < 0, NextTime, coalesce(iff(SameGroup, prior.StartTime, datetime(null)), TimeGenerated));
)
| where Step > 0 and TimeGenerated > ago(2h) and ValueCount >= 5 and ValueCount - Change < 5 and IsNew
| project TimeGenerated, StartTime, IPAddress, ValueCount
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT3H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    ValueCount = "ValueCount"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Lockouts of many B2C accounts from one address: {{IPAddress}}"
  }
  entity_mapping {
    entity_type = "IP"
    field_mapping {
      identifier  = "Address"
      column_name = "IPAddress"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_42a06ae8_91fe_49a1_92d6_2b42f32e5b9d" {
  name                       = "42a06ae8-91fe-49a1-92d6-2b42f32e5b9d"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Large number of B2C accounts created or deleted"
  description = chomp(<<TEXT
The B2C service created, or deleted, at least 50 accounts within an hour: somebody signs up in masses, or
customers are being removed. The number has to be tuned to the tenant; the rule about growth in this file needs
none.

The article joins the two activities with "and". One record cannot be both, so each activity is counted for
itself, as the title of the row says. "Hard Delete user", which purges what was deleted weeks ago, does not
count.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Large number of B2C accounts created or deleted
// rule 42a06ae8-91fe-49a1-92d6-2b42f32e5b9d by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
AuditLogs
| extend IsNew = ingestion_time() > ago(1h)
| where OperationName in~ ("Add user", "Delete user") and Result =~ "success"
| extend InitiatingAppName = tostring(InitiatedBy.app.displayName)
| where InitiatingAppName =~ "CPIM Service" and isnotempty(OperationName)
| project TimeGenerated, OperationName, IsNew
| sort by OperationName asc, TimeGenerated asc, IsNew desc
| extend NewSoFar = row_cumsum(tolong(IsNew))
| extend
    StartTime = iff(prev(OperationName, 49) == OperationName, prev(TimeGenerated, 49), datetime(null)),
    EarlierTime = iff(prev(OperationName, 50) == OperationName, prev(TimeGenerated, 50), datetime(null)),
    IsNew = NewSoFar > prev(NewSoFar, 50, 0)
| where TimeGenerated > ago(2h)
    and StartTime >= TimeGenerated - 1h
    and (isnull(EarlierTime) or EarlierTime < TimeGenerated - 1h)
    and IsNew
| project TimeGenerated, StartTime, OperationName
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT3H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact", "Persistence"]
  techniques           = ["T1531", "T1136"]
  custom_details = {
    OperationName = "OperationName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_2fa265a1_fcde_4aa4_9761_28e10a75d945" {
  name                       = "2fa265a1-fcde-4aa4-9761-28e10a75d945"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C accounts created or deleted more often than a day before"
  description = chomp(<<TEXT
The B2C service created, or deleted, at least 50 accounts within an hour, and at least three times as many as in
the same hour of the day before. This follows the daily rhythm of the tenant, which the rule with a fixed number
does not.

The article asks to learn what is normal and names no period; the day before is our choice.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// B2C accounts created or deleted more often than a day before
// rule 2fa265a1-fcde-4aa4-9761-28e10a75d945 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
// more than 200% above the window 1d before it
// Step: an event counts from its time (1) until it leaves the window (-1)
AuditLogs
| extend IsNew = ingestion_time() > ago(1h)
| where OperationName in~ ("Add user", "Delete user") and Result =~ "success"
| extend InitiatingAppName = tostring(InitiatedBy.app.displayName)
| where InitiatingAppName =~ "CPIM Service" and isnotempty(OperationName)
| project TimeGenerated, OperationName, IsNew
| summarize Added = count(), AddedNew = countif(IsNew) by TimeGenerated, OperationName
| sort by OperationName asc, TimeGenerated asc
| extend NextTime = next(TimeGenerated)
| mv-expand Period = range(0, 1) to typeof(long)
| mv-expand Step = dynamic([1, -1]) to typeof(long)
| extend Moment = TimeGenerated + Period * 1d + iff(Step > 0, 0s, 1h), Change = Step * Added
| sort by OperationName asc, Moment asc, Period desc, Step desc
| extend SameGroup = prev(OperationName) == OperationName
| extend
    EventCount = row_cumsum(iff(Period == 0, Change, 0), not(SameGroup)),
    PastCount = row_cumsum(iff(Period > 0, Change, 0), not(SameGroup)),
    IsNew = row_cumsum(iff(Period == 0, Step * AddedNew, 0), not(SameGroup)) > 0
| scan declare (StartTime: datetime) with (
    step prior: true =>
        StartTime = iff(
            Step < 0 and Period == 0,
            NextTime,
            coalesce(iff(SameGroup, prior.StartTime, datetime(null)), TimeGenerated)
        );
)
| where Step > 0
    and Period == 0
    and TimeGenerated > ago(2h)
    and EventCount >= 50
    and EventCount * 100 > PastCount * 300
    and not(EventCount - Change >= 50 and (EventCount - Change) * 100 > PastCount * 300)
    and IsNew
| extend AverageBefore = PastCount
| project TimeGenerated, StartTime, OperationName, EventCount, AverageBefore
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT27H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["Impact", "Persistence"]
  techniques           = ["T1531", "T1136"]
  custom_details = {
    AverageBefore = "AverageBefore"
    EventCount    = "EventCount"
    OperationName = "OperationName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_77577e39_4a69_43ae_8ed1_b5b625548695" {
  name                       = "77577e39-4a69-43ae-8ed1-b5b625548695"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Sign-in to a disabled account"
  description = chomp(<<TEXT
Somebody tried to sign in to an account that is disabled (error 50057), as that of a person who has left. The
sign-in was refused; whoever tries still has its name and perhaps its password.

The article gives no application here, so the sign-ins of every application count. Privileged accounts have a
rule of their own.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// Sign-in to a disabled account
// rule 77577e39-4a69-43ae-8ed1-b5b625548695 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "50057"
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
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
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
    display_name_format = "Sign-in to a disabled account: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_454ad2f3_ae1c_4895_8ee3_80fb8dc3b47c" {
  name                       = "454ad2f3-ae1c-4895-8ee3-80fb8dc3b47c"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Successful B2C sign-ins increased by a tenth"
  description = chomp(<<TEXT
Within an hour at least a tenth more customers signed in than in the same hour of the day before. A list of
stolen passwords that fits shows in this way. The article names no period to compare with; the same hour of the
day before is our choice. Below 50 sign-ins an hour nothing is reported.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// Successful B2C sign-ins increased by a tenth
// rule 454ad2f3-ae1c-4895-8ee3-80fb8dc3b47c by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
// more than 10% above the window 1d before it
// Step: an event counts from its time (1) until it leaves the window (-1)
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where AppDisplayName in~ ("CPIM PowerShell Client", "ProxyIdentityExperienceFramework") and ResultType == "0"
| project TimeGenerated, IsNew
| summarize Added = count(), AddedNew = countif(IsNew) by TimeGenerated
| sort by TimeGenerated asc
| extend NextTime = next(TimeGenerated)
| mv-expand Period = range(0, 1) to typeof(long)
| mv-expand Step = dynamic([1, -1]) to typeof(long)
| extend Moment = TimeGenerated + Period * 1d + iff(Step > 0, 0s, 1h), Change = Step * Added
| sort by Moment asc, Period desc, Step desc
| extend
    EventCount = row_cumsum(iff(Period == 0, Change, 0)),
    PastCount = row_cumsum(iff(Period > 0, Change, 0)),
    IsNew = row_cumsum(iff(Period == 0, Step * AddedNew, 0)) > 0
| scan declare (StartTime: datetime) with (
    step prior: true => StartTime = iff(Step < 0 and Period == 0, NextTime, coalesce(prior.StartTime, TimeGenerated));
)
| where Step > 0
    and Period == 0
    and TimeGenerated > ago(2h)
    and EventCount >= 50
    and EventCount * 100 > PastCount * 110
    and not(EventCount - Change >= 50 and (EventCount - Change) * 100 > PastCount * 110)
    and IsNew
| extend AverageBefore = PastCount
| project TimeGenerated, StartTime, EventCount, AverageBefore
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT27H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
  custom_details = {
    AverageBefore = "AverageBefore"
    EventCount    = "EventCount"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  incident {
    create_incident_enabled = true
    grouping {
      enabled                 = false
      reopen_closed_incidents = false
      lookback_duration       = "PT5H"
      entity_matching_method  = "AllEntities"
    }
  }
}

resource "azurerm_sentinel_alert_rule_scheduled" "rule_9e2b4c70_5d1f_4f3a_b6a8_1c0d7e2f5b74" {
  name                       = "9e2b4c70-5d1f-4f3a-b6a8-1c0d7e2f5b74"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "B2C API connector created or updated by an unapproved actor"
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
// B2C API connector created or updated by an unapproved actor
// rule 9e2b4c70-5d1f-4f3a-b6a8-1c0d7e2f5b74 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C API connector created or updated by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C API connector deleted by an unapproved actor"
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
// B2C API connector deleted by an unapproved actor
// rule 2f8d6b39-0c4e-4a17-9b85-d3e6f1a70c85 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C API connector deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "Conditional Access policy created or updated by an unapproved actor"
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
// Conditional Access policy created or updated by an unapproved actor
// rule 6ba0f394-59f2-497c-ac29-2265871c70d7 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "Conditional Access policy created or updated by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "Conditional Access policy deleted by an unapproved actor"
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
// Conditional Access policy deleted by an unapproved actor
// rule 7af0d06b-ac71-46fd-9328-b69a14c17622 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "Conditional Access policy deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C custom policy created or updated by an unapproved actor"
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
// B2C custom policy created or updated by an unapproved actor
// rule 0b1c7bd2-4c0e-4d43-9d51-6a4c5d8c1e11 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C custom policy created or updated by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C custom policy deleted by an unapproved actor"
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
// B2C custom policy deleted by an unapproved actor
// rule 5d6f0a17-2f7e-4c26-8f0a-2b7d8e9a4c52 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C custom policy deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C identity provider created by an unapproved actor"
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
// B2C identity provider created by an unapproved actor
// rule 74c5e1aa-6b3d-4e92-8c17-5f9a2d4b6e96 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C identity provider created by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C identity provider deleted by an unapproved actor"
  description = chomp(<<TEXT
Somebody who is not on the list approved_idp_admins deleted an identity provider of a B2C tenant. Its users can
no longer sign in.

The article has this row twice: medium under infrastructure, which this rule answers, and high among privileged
accounts, which the rule "B2C identity provider deleted by an unapproved privileged account" does.

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
// B2C identity provider deleted by an unapproved actor
// rule b83a5d16-7e4f-4c09-95b1-0d2e3f4a5bb8 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C identity provider deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C identity provider updated by an unapproved actor"
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
// B2C identity provider updated by an unapproved actor
// rule e0937f4b-1d6c-4b58-a2f4-8b7c6d5e4fa7 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C identity provider updated by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C user flow created or updated by an unapproved actor"
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
// B2C user flow created or updated by an unapproved actor
// rule c1a7f5de-8a57-4b8e-93c0-7f5b3d0e9a63 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C user flow created or updated by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C user flow deleted by an unapproved actor"
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
// B2C user flow deleted by an unapproved actor
// rule 3cfc080f-3b8a-4150-9d3c-51a19845e56a by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C user flow deleted by an unapproved actor: {{InitiatingUserPrincipalName}}"
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
  display_name               = "B2C identity provider deleted by an unapproved privileged account"
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
// B2C identity provider deleted by an unapproved privileged account
// rule 3f61c8d7-9a2b-4e50-8d74-c5b6a7980cc9 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
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
    display_name_format = "B2C identity provider deleted by an unapproved privileged account: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_9d0cc4fb_4f95_4281_b56a_b237b543471d" {
  name                       = "9d0cc4fb-4f95-4281-b56a-b237b543471d"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Authentication method of a privileged account changed"
  description = chomp(<<TEXT
A method of authentication of an account of the list privileged_accounts was registered, changed or deleted, by
its owner or by an administrator. A method of his own gives an attacker lasting access.

The article gives under this title the activity "Create identity provider", which another rule reports. Its
sister article on privileged accounts has the activities of the service Authentication Methods, which are used
here. The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Authentication method of a privileged account changed
// rule 9d0cc4fb-4f95-4281-b56a-b237b543471d by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
    "User registered security info", "User changed default security info", "User deleted security info",
    "User updated security info", "Admin registered security info", "Admin updated security info",
    "Admin deleted security info"
)
| mv-apply TargetResource = TargetResources on (
    summarize
        TargetResourceMatches = countif(
            tostring(TargetResource.type) =~ "User"
            and tostring(TargetResource.userPrincipalName) in~ ("admin@contoso.example", "break-glass@contoso.example")
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
    ResultReason,
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
  techniques           = ["T1556", "T1098"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Authentication method of a privileged account changed: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_911ffc8b_f967_4739_a75d_31f861bed382" {
  name                       = "911ffc8b-f967-4739-a75d-31f861bed382"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Many wrong passwords for a privileged account"
  description = chomp(<<TEXT
An account of the list privileged_accounts failed to sign in five times within an hour for a wrong password:
somebody guesses, or has forgotten. Learn what is normal and tune the number.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Many wrong passwords for a privileged account
// rule 911ffc8b-f967-4739-a75d-31f861bed382 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
// sliding window of 1h that ends at each event
union isfuzzy=true (SigninLogs | extend IsNew = ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | extend IsNew = ingestion_time() > ago(1h)
)
| where ResultType == "50126"
    and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
    and isnotempty(UserPrincipalName)
| project TimeGenerated, UserPrincipalName, IsNew
| sort by UserPrincipalName asc, TimeGenerated asc, IsNew desc
| extend NewSoFar = row_cumsum(tolong(IsNew))
| extend
    StartTime = iff(prev(UserPrincipalName, 4) == UserPrincipalName, prev(TimeGenerated, 4), datetime(null)),
    EarlierTime = iff(prev(UserPrincipalName, 5) == UserPrincipalName, prev(TimeGenerated, 5), datetime(null)),
    IsNew = NewSoFar > prev(NewSoFar, 5, 0)
| where TimeGenerated > ago(2h)
    and StartTime >= TimeGenerated - 1h
    and (isnull(EarlierTime) or EarlierTime < TimeGenerated - 1h)
    and IsNew
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project TimeGenerated, StartTime, UserPrincipalName, AccountName, AccountUPNSuffix
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT3H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess"]
  techniques           = ["T1110"]
  custom_details = {
    UserPrincipalName = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Many wrong passwords for a privileged account: {{UserPrincipalName}}"
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
Tokens refused without the user taking part are read as well: the rule means sign-ins of both kinds.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account blocked by Conditional Access
// rule 109aeed6-c64f-4984-acae-f02e2af89391 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_d7638f51_65df_4cec_bbe6_dac7ee864705" {
  name                       = "d7638f51-65df-4cec-bbe6-dac7ee864705"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account failed to sign in outside of the controls"
  description = chomp(<<TEXT
Somebody failed to sign in to an account of the list privileged_accounts from a country, an address, a browser
or an operating system that the organisation has not approved.

Browsers and systems carry a version, so the lists hold beginnings of names. What the record does not say is not
taken for unapproved. The article joins its lines with nothing: an account of the list, and any one of the
controls.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account failed to sign in outside of the controls
// rule d7638f51-65df-4cec-bbe6-dac7ee864705 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true
    (
        SigninLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
            and isnotempty(ResultType)
            and ResultType != "0"
    ),
    (
        AADNonInteractiveUserSignInLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
            and isnotempty(ResultType)
            and ResultType != "0"
        | extend DeviceDetail = parse_json(DeviceDetail)
    )
| extend
    DeviceDetailBrowser = tostring(DeviceDetail.browser),
    DeviceDetailOperatingSystem = tostring(DeviceDetail.operatingSystem)
| where (isnotempty(Location) and Location !~ "AQ")
    or (
        isnotempty(IPAddress)
        and not(
            coalesce(ipv4_is_in_any_range(IPAddress, "192.0.2.0/24", "198.51.100.0/24"), false)
            or coalesce(ipv6_is_in_range(IPAddress, "2001:db8::/32"), false)
        )
    )
    or (
        isnotempty(DeviceDetailBrowser)
        and not(
            DeviceDetailBrowser startswith "Chrome"
            or DeviceDetailBrowser startswith "Edge"
            or DeviceDetailBrowser startswith "Firefox"
            or DeviceDetailBrowser startswith "Safari"
            or DeviceDetailBrowser startswith "Mobile Safari"
        )
    )
    or (
        isnotempty(DeviceDetailOperatingSystem)
        and not(
            DeviceDetailOperatingSystem startswith "Windows"
            or DeviceDetailOperatingSystem startswith "MacOs"
            or DeviceDetailOperatingSystem startswith "Ios"
            or DeviceDetailOperatingSystem startswith "Android"
        )
    )
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
    DeviceDetailBrowser,
    DeviceDetailOperatingSystem,
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
    DeviceDetailBrowser = "DeviceDetailBrowser"
    Location            = "Location"
    OperatingSystem     = "DeviceDetailOperatingSystem"
    ResultDescription   = "ResultDescription"
    ResultType          = "ResultType"
    UserAgent           = "UserAgent"
    UserPrincipalName   = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Privileged account failed to sign in outside of the controls: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_6660dc52_9ff1_4d92_9368_d1b7180abf7e" {
  name                       = "6660dc52-9ff1-4d92-9368-d1b7180abf7e"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account failed the second factor"
  description = chomp(<<TEXT
An account of the list privileged_accounts gave the right password and failed the second factor (error 500121):
the prompt was declined, not answered, or the code was wrong. Somebody else may hold the password.

The article repeats the filter of the row about Conditional Access (error 53003). Its sister article on
privileged accounts has the codes 50074 and 500121 under this title; these are used, in a rule each.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account failed the second factor
// rule 6660dc52-9ff1-4d92-9368-d1b7180abf7e by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "500121" and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
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
  tactics              = ["CredentialAccess", "InitialAccess"]
  techniques           = ["T1078", "T1621"]
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
    display_name_format = "Privileged account failed the second factor: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_cdac609b_fd2a_42d0_bfab_79244057f8c0" {
  name                       = "cdac609b-fd2a-42d0-bfab-79244057f8c0"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Fraud report of a privileged account"
  description = chomp(<<TEXT
The owner of an account of the list privileged_accounts reported a request for a second factor as fraud.
Depending on a setting of the tenant the account is blocked, or nothing more happens; newer tenants log the
report as suspicious activity.

The article files the row under the sign-in log and runs two activities into one; they are activities of the
audit log. No record has been published: the user is compared as the actor and as the target. The limit to
privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Fraud report of a privileged account
// rule cdac609b-fd2a-42d0-bfab-79244057f8c0 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
    "Fraud reported - user is blocked for MFA", "Fraud reported - no action taken", "Suspicious activity reported"
)
| extend InitiatingUserPrincipalName = tostring(InitiatedBy.user.userPrincipalName)
| mv-apply TargetResource = iff(array_length(TargetResources) > 0, TargetResources, dynamic([null])) on (
    summarize
        TargetResourceMatches = countif(
            tostring(TargetResource.type) =~ "User"
            and tostring(TargetResource.userPrincipalName) in~ ("admin@contoso.example", "break-glass@contoso.example")
        )
)
| where InitiatingUserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
    or TargetResourceMatches > 0
| extend
    InitiatingAadUserId = tostring(InitiatedBy.user.id),
    InitiatingIPAddress = tostring(InitiatedBy.user.ipAddress),
    InitiatingAppName = tostring(InitiatedBy.app.displayName),
    InitiatingAppServicePrincipalName = tostring(InitiatedBy.app.servicePrincipalName),
    InitiatingAppServicePrincipalId = tostring(InitiatedBy.app.servicePrincipalId),
    InitiatingAppId = tostring(InitiatedBy.app.appId),
    AccountName = tostring(split(InitiatingUserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(InitiatingUserPrincipalName, "@")[1])
| project
    TimeGenerated,
    OperationName,
    Result,
    ResultReason,
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
  tactics              = ["CredentialAccess", "InitialAccess"]
  techniques           = ["T1078", "T1621"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Fraud report of a privileged account: {{InitiatingUserPrincipalName}}"
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
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_4d4d389e_24a7_4b8b_94a0_ef5cb549dc1c" {
  name                       = "4d4d389e-24a7-4b8b-94a0-ef5cb549dc1c"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Password of a privileged account changed or reset"
  description = chomp(<<TEXT
The password of an account of the list privileged_accounts was changed or reset, or somebody tried to. Whoever
resets the password of an administrator can become him.

The article names no activity. These are the documented ones of self-service and of the directory, and "Reset
user password", which records of Microsoft 365 show. "Update PasswordProfile" is left out: it is also written
whenever an account is created. Success and failure both count. The limit to privileged accounts comes from the
section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Password of a privileged account changed or reset
// rule 4d4d389e-24a7-4b8b-94a0-ef5cb549dc1c by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
AuditLogs
| where ingestion_time() > ago(1h)
| where OperationName in~ (
    "Change password (self-service)", "Reset password (self-service)", "Reset password (by admin)",
    "Change user password", "Reset password", "Reset user password", "Set force change user password"
)
| mv-apply TargetResource = TargetResources on (
    summarize
        TargetResourceMatches = countif(
            tostring(TargetResource.type) =~ "User"
            and tostring(TargetResource.userPrincipalName) in~ ("admin@contoso.example", "break-glass@contoso.example")
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
    ResultReason,
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
  tactics              = ["Persistence", "CredentialAccess"]
  techniques           = ["T1098"]
  custom_details = {
    CorrelationId        = "CorrelationId"
    InitiatingAppId      = "InitiatingAppId"
    OperationName        = "OperationName"
    Result               = "Result"
    ResultReason         = "ResultReason"
    ServicePrincipalId   = "InitiatingAppServicePrincipalId"
    ServicePrincipalName = "InitiatingAppServicePrincipalName"
    UserPrincipalName    = "InitiatingUserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Password of a privileged account changed or reset: {{InitiatingUserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_1f004a2e_ccba_4816_9279_38f67a6e43ad" {
  name                       = "1f004a2e-ccba-4816-9279-38f67a6e43ad"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account reported a fraudulent sign-in"
  description = chomp(<<TEXT
The owner of an account of the list privileged_accounts was asked for a second factor that nobody should have
asked for, and said so. Whoever signed in holds the password.

The article gives the text "MFA denied, fraud code entered", which is found nowhere else; the known one is "MFA
denied; Phone App Reported Fraud". Any text with "fraud" counts, in the details of the status or of a step of
the authentication. Where the text stands in the steps has been documented, the text itself not. The limit to
privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account reported a fraudulent sign-in
// rule 1f004a2e-ccba-4816-9279-38f67a6e43ad by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true
    (
        SigninLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
    ),
    (
        AADNonInteractiveUserSignInLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
        | extend Status = parse_json(Status)
    )
| extend StatusAdditionalDetails = tostring(Status.additionalDetails)
| mv-apply AuthenticationDetail = iff(
    array_length(parse_json(AuthenticationDetails)) > 0,
    parse_json(AuthenticationDetails),
    dynamic([null])
) on (
    summarize
        AuthenticationDetailMatches = countif(
            tostring(AuthenticationDetail.authenticationStepResultDetail) contains "fraud"
        )
)
| where StatusAdditionalDetails contains "fraud" or AuthenticationDetailMatches > 0
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
    AccountUPNSuffix,
    AuthenticationDetails
KQL
  )
  query_frequency      = "PT1H"
  query_period         = "PT2H"
  trigger_operator     = "GreaterThan"
  trigger_threshold    = 0
  suppression_enabled  = false
  suppression_duration = "PT5H"
  tactics              = ["CredentialAccess", "InitialAccess"]
  techniques           = ["T1078", "T1621"]
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
    display_name_format = "Privileged account reported a fraudulent sign-in: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_f8685d3a_61ec_43ad_8d3f_5be4f42ee529" {
  name                       = "f8685d3a-61ec-43ad-8d3f-5be4f42ee529"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account signed in outside of the controls"
  description = chomp(<<TEXT
An account of the list privileged_accounts signed in from a country, an address, a browser or an operating
system that the organisation has not approved. The article asks for failures only, which another rule reports; a
success is the worse event.

Browsers and systems carry a version, so the lists hold beginnings of names. What the record does not say is not
taken for unapproved. The article joins its lines with nothing: an account of the list, and any one of the
controls.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account signed in outside of the controls
// rule f8685d3a-61ec-43ad-8d3f-5be4f42ee529 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true
    (
        SigninLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example") and ResultType == "0"
    ),
    (
        AADNonInteractiveUserSignInLogs
        | where ingestion_time() > ago(1h)
        | where UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example") and ResultType == "0"
        | extend DeviceDetail = parse_json(DeviceDetail)
    )
| extend
    DeviceDetailBrowser = tostring(DeviceDetail.browser),
    DeviceDetailOperatingSystem = tostring(DeviceDetail.operatingSystem)
| where (isnotempty(Location) and Location !~ "AQ")
    or (
        isnotempty(IPAddress)
        and not(
            coalesce(ipv4_is_in_any_range(IPAddress, "192.0.2.0/24", "198.51.100.0/24"), false)
            or coalesce(ipv6_is_in_range(IPAddress, "2001:db8::/32"), false)
        )
    )
    or (
        isnotempty(DeviceDetailBrowser)
        and not(
            DeviceDetailBrowser startswith "Chrome"
            or DeviceDetailBrowser startswith "Edge"
            or DeviceDetailBrowser startswith "Firefox"
            or DeviceDetailBrowser startswith "Safari"
            or DeviceDetailBrowser startswith "Mobile Safari"
        )
    )
    or (
        isnotempty(DeviceDetailOperatingSystem)
        and not(
            DeviceDetailOperatingSystem startswith "Windows"
            or DeviceDetailOperatingSystem startswith "MacOs"
            or DeviceDetailOperatingSystem startswith "Ios"
            or DeviceDetailOperatingSystem startswith "Android"
        )
    )
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
    DeviceDetailBrowser,
    DeviceDetailOperatingSystem,
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
    DeviceDetailBrowser = "DeviceDetailBrowser"
    Location            = "Location"
    OperatingSystem     = "DeviceDetailOperatingSystem"
    ResultDescription   = "ResultDescription"
    ResultType          = "ResultType"
    UserAgent           = "UserAgent"
    UserPrincipalName   = "UserPrincipalName"
  }
  event_grouping {
    aggregation_method = "AlertPerResult"
  }
  alert_details_override {
    display_name_format = "Privileged account signed in outside of the controls: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_c6418944_55e5_4eb2_a3c2_29f71a2d40dc" {
  name                       = "c6418944-55e5-4eb2-a3c2-29f71a2d40dc"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account signed in outside of working hours"
  description = chomp(<<TEXT
An account of the list privileged_accounts signed in outside of the schedule working_hours, which has a time
zone, days and hours. The moment of the sign-in counts, not that of its arrival in the log.

The article leaves the location empty; it is not tested. The limit to privileged accounts comes from the section
of the article.
TEXT
  )
  severity = "High"
  enabled  = true
  query = chomp(<<KQL
// Privileged account signed in outside of working hours
// rule c6418944-55e5-4eb2-a3c2-29f71a2d40dc by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "0"
    and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
    and isnotnull(CreatedDateTime)
| extend LocalTime = datetime_utc_to_local(CreatedDateTime, "Etc/UTC")
| where not(
    coalesce(
        dayofweek(LocalTime) in (1d, 2d, 3d, 4d, 5d) and hourofday(LocalTime) >= 7 and hourofday(LocalTime) < 19,
        false
    )
)
| extend
    AccountName = tostring(split(UserPrincipalName, "@")[0]),
    AccountUPNSuffix = tostring(split(UserPrincipalName, "@")[1])
| project
    TimeGenerated,
    CreatedDateTime,
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
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
  custom_details = {
    AppId             = "AppId"
    ClientAppUsed     = "ClientAppUsed"
    CorrelationId     = "CorrelationId"
    CreatedDateTime   = "CreatedDateTime"
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
    display_name_format = "Privileged account signed in outside of working hours: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_961ba20b_7f9f_451f_873c_db4c6b020c13" {
  name                       = "961ba20b-7f9f-451f-873c-db4c6b020c13"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Privileged account did not give the second factor"
  description = chomp(<<TEXT
An account of the list privileged_accounts gave the right password and was asked for the second factor, which it
did not give (error 50074). Every sign-in that needs one passes through this state, so take the rule as a trace
of where passwords are used rather than as an alarm.

The article repeats the filter of the row about Conditional Access (error 53003). Its sister article on
privileged accounts has the codes 50074 and 500121 under this title; these are used, in a rule each.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "Medium"
  enabled  = true
  query = chomp(<<KQL
// Privileged account did not give the second factor
// rule 961ba20b-7f9f-451f-873c-db4c6b020c13 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "50074" and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
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
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
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
    display_name_format = "Privileged account did not give the second factor: {{UserPrincipalName}}"
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

resource "azurerm_sentinel_alert_rule_scheduled" "rule_8810015d_ae2a_436e_b6bb_c47431cc92c5" {
  name                       = "8810015d-ae2a-436e-b6bb-c47431cc92c5"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.sentinel.id
  display_name               = "Sign-in to a disabled privileged account"
  description = chomp(<<TEXT
Somebody tried to sign in to an account of the list privileged_accounts that is disabled (error 50057), as that
of an administrator who has left. The sign-in was refused; whoever tries still has its name and perhaps its
password.

The limit to privileged accounts comes from the section of the article.
TEXT
  )
  severity = "Low"
  enabled  = true
  query = chomp(<<KQL
// Sign-in to a disabled privileged account
// rule 8810015d-ae2a-436e-b6bb-c47431cc92c5 by sigc-rules contributors
// source: https://learn.microsoft.com/en-us/entra/architecture/security-operations-consumer-accounts
union isfuzzy=true (SigninLogs | where ingestion_time() > ago(1h)), (
    AADNonInteractiveUserSignInLogs
    | where ingestion_time() > ago(1h)
)
| where ResultType == "50057" and UserPrincipalName in~ ("admin@contoso.example", "break-glass@contoso.example")
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
  tactics              = ["InitialAccess"]
  techniques           = ["T1078"]
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
    display_name_format = "Sign-in to a disabled privileged account: {{UserPrincipalName}}"
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
