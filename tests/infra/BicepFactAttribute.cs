namespace Connections.Tests.Infra;

/// <summary>A test that needs the Bicep compiler. Skipped with the reason if its package is not available.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.ReasonToSkip;
}
