using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HelpdeskMail.Tests;

/// <summary>bunit asks for an AngleSharp.Diffing assembly version that a partial package feed doesn't hold; the one beside the tests serves.</summary>
internal static class DiffingRedirect
{
    [ModuleInitializer]
    internal static void Init() => AssemblyLoadContext.Default.Resolving += (_, name) =>
        name.Name == "AngleSharp.Diffing" ? Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
}
