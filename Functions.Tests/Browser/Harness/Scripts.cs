using System.Diagnostics;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Browser.Harness;

/// <summary>The scripts of the pages, and the compiler that reads them.</summary>
internal static class Scripts
{
    public static string Folder { get; } = Path.Combine(SourceTree.Root, "Functions", "Pages", "Assets");

    /// <summary>
    /// What TypeScript's checkJs finds in a folder of scripts. Parameters may be left without a type: what they are is
    /// said by their names, and the types of the page are held against how they are used.
    /// </summary>
    public static async Task<string> CheckAsync(string folder)
    {
        using var compiler = Process.Start(
            new ProcessStartInfo("node", [Compiler, .. Options, .. Directory.GetFiles(folder, "*.js").Order()])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var told = await compiler.StandardOutput.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        return told.Trim();
    }

    private static string Compiler => Path.Combine(SourceTree.Root, "node_modules", "typescript", "bin", "tsc");

    private static readonly string[] Options =
    [
        "--noEmit",
        "--allowJs",
        "--checkJs",
        "--strict",
        "--noImplicitAny",
        "false",
        "--target",
        "es2022",
        "--module",
        "esnext",
        "--lib",
        "es2022,dom,dom.iterable",
        "--typeRoots",
        "none",
        "--skipLibCheck",
        "--pretty",
        "false",
    ];
}
