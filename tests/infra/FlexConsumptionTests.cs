using System.Text.Json.Nodes;

namespace Connections.Tests.Infra;

/// <summary>The function app has no setting that Flex Consumption refuses or ignores.</summary>
/// <remarks>The lists are from Microsoft's "Flex Consumption plan deprecations" and from answers of the service with status 400
/// (<c>Site.SiteConfig.… is invalid</c>).</remarks>
public sealed class FlexConsumptionTests
{
    private static readonly HashSet<string> RefusedProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "alwaysOn", "containerSize", "dailyMemoryTimeQuota", "ftpsState", "functionAppScaleLimit", "functionsRuntimeScaleMonitoringEnabled",
        "isReserved", "isXenon", "javaContainer",
        "javaContainerVersion", "javaVersion", "linuxFxVersion", "minimumElasticInstanceCount", "netFrameworkVersion", "nodeVersion",
        "phpVersion", "powerShellVersion",
        "preWarmedInstanceCount", "pythonVersion", "reserved", "use32BitWorkerProcess", "vnetContentShareEnabled", "vnetImagePullEnabled",
        "vnetRouteAllEnabled", "windowsFxVersion",
    };

    private static readonly HashSet<string> RefusedSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "AzureWebJobsDashboard", "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY",
        "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED",
        "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "TZ",
    };

    private static Deployment.Resource App => Deployment.Default.Of("Microsoft.Web/sites").Single();

    [BicepFact]
    public void The_app_has_no_property_that_the_plan_refuses()
    {
        var set = Names(App.Properties).ToList();
        Assert.Contains("http20Enabled", set);
        Assert.Empty(set.Intersect(RefusedProperties, StringComparer.OrdinalIgnoreCase));
    }

    // The plan refuses or ignores most settings that begin with WEBSITE_, such as WEBSITE_RUN_FROM_PACKAGE, WEBSITE_CONTENTSHARE and
    // WEBSITE_TIME_ZONE, and the app does not need the rest.
    [BicepFact]
    public void The_app_has_no_setting_that_the_plan_refuses() =>
        Assert.All(Deployment.Default.AppSettings().Keys, name =>
            Assert.False(RefusedSettings.Contains(name) || name.StartsWith("WEBSITE", StringComparison.OrdinalIgnoreCase), name));

    [BicepFact]
    public void The_apps_configuration_replaces_the_settings_of_other_plans()
    {
        var configuration = App.Properties["functionAppConfig"]!;
        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", configuration["runtime"]!.ToJsonString());
        Assert.Equal("blobContainer", configuration["deployment"]!["storage"]!["type"]!.ToString());
        Assert.Equal((2048, 100), (
            configuration["scaleAndConcurrency"]!["instanceMemoryMB"]!.GetValue<int>(),
            configuration["scaleAndConcurrency"]!["maximumInstanceCount"]!.GetValue<int>()));
        var plan = Deployment.Default.Of("Microsoft.Web/serverfarms").Single();
        Assert.Equal("""{"name":"FC1","tier":"FlexConsumption"}""", plan.Json["sku"]!.ToJsonString());
        Assert.Equal(plan.Id, App.Properties["serverFarmId"]!.ToString());
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(property => Names(property.Value).Prepend(property.Key)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };
}
