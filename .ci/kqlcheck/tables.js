// Tables that rules do not read, but workbooks do.
'use strict';

const columns = (text) => text.trim().split(/\s+/).map((c) => c.split(':'));

// The alerts and incidents of Microsoft Sentinel: learn.microsoft.com/azure/azure-monitor/reference/tables/securityalert
// and /securityincident.
const sentinel = {
  SecurityAlert: columns(`
    AlertLink:string AlertName:string AlertSeverity:string AlertType:string CompromisedEntity:string ConfidenceLevel:string
    ConfidenceScore:real Description:string DisplayName:string EndTime:datetime Entities:string ExtendedLinks:string
    ExtendedProperties:string IsIncident:bool ProcessingEndTime:datetime ProductComponentName:string ProductName:string
    ProviderName:string RemediationSteps:string ResourceId:string SourceComputerId:string SourceSystem:string
    StartTime:datetime Status:string SubTechniques:string SystemAlertId:string Tactics:string Techniques:string
    TenantId:string TimeGenerated:datetime Type:string VendorName:string VendorOriginalId:string
    WorkspaceResourceGroup:string WorkspaceSubscriptionId:string`),
  SecurityIncident: columns(`
    AdditionalData:dynamic AlertIds:dynamic BookmarkIds:dynamic Classification:string ClassificationComment:string
    ClassificationReason:string ClosedTime:datetime Comments:dynamic CreatedTime:datetime Description:string
    FirstActivityTime:datetime FirstModifiedTime:datetime IncidentName:string IncidentNumber:int IncidentUrl:string
    Labels:dynamic LastActivityTime:datetime LastModifiedTime:datetime ModifiedBy:string Owner:dynamic
    ProviderIncidentId:string ProviderName:string RelatedAnalyticRuleIds:dynamic Severity:string SourceSystem:string
    Status:string Tasks:dynamic TenantId:string TimeGenerated:datetime Title:string Type:string`),
};

// Tables of Azure Resource Graph all have the same columns: learn.microsoft.com/azure/governance/resource-graph.
const resource = columns(`
  id:string name:string type:string tenantId:string kind:string location:string resourceGroup:string subscriptionId:string
  managedBy:string sku:dynamic plan:dynamic properties:dynamic tags:dynamic identity:dynamic zones:dynamic
  extendedLocation:dynamic`);
const resourcegraph = { resources: resource, alertsmanagementresources: resource };

module.exports = { sentinel, resourcegraph };
