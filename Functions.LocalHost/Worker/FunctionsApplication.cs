using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    /// <summary>Finds its functions in the calling assembly: the entry assembly of a test run is the test runner.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var assembly = Assembly.GetCallingAssembly();
        return new FunctionsApplicationBuilder(args, assembly, assembly.GetTypes());
    }
}
