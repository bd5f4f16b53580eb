namespace Connections.Tests.Infra;

/// <summary>A test of what the Bicep files compile to. Skipped, with the reason, where the compiler's package is not to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    /// <summary>A test without parameters.</summary>
    public BicepFactAttribute() => Skip = BicepCompiler.ReasonToSkip;
}
