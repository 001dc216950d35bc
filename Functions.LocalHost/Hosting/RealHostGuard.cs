using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost;

/// <summary>This host checks no keys, so a build of the wrong flavour must not come up where others can reach it.</summary>
internal static class RealHostGuard
{
    private static readonly string[] Signs = ["WEBSITE_INSTANCE_ID", "functions-uri"];

    public static void ThrowIfHosted(IConfiguration configuration)
    {
        var sign = Signs.FirstOrDefault(name => !string.IsNullOrEmpty(configuration[name]));
        if (sign is not null)
        {
            throw new InvalidOperationException(
                $"This build contains the local stand-in for the Functions host, which is for development and tests, but '{sign}' says that it runs"
                + " under the real one. Build it with -p:FunctionsRuntime=azure.");
        }
    }
}
