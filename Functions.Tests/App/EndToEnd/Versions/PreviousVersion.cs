using System.Formats.Tar;
using System.IO.Compression;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// The program that was released before this one, as a folder that can be started: our own assemblies, kept by
/// <c>.ci/keep</c>, over the libraries of this build.
/// </summary>
internal sealed class PreviousVersion : IDisposable
{
    private const string Program = "Functions.LocalHost";
    private readonly ScratchFolder folder = new();

    public PreviousVersion()
    {
        var kept = Path.Combine(SourceTree.Root, "Functions.Tests/App/EndToEnd/Versions/previous.tar.br");
        using (var packed = new BrotliStream(File.OpenRead(kept), CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(packed, folder.Path, overwriteFiles: false);
        }

        // The program itself is copied: as a link it would look for its parts where it points to.
        File.Copy(Path.Combine(AppContext.BaseDirectory, Program), At(Program));
        foreach (var there in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
        {
            if (!Path.Exists(At(Path.GetFileName(there))))
            {
                File.CreateSymbolicLink(At(Path.GetFileName(there)), there);
            }
        }
    }

    public string Folder => folder.Path;

    /// <summary>What it was built from.</summary>
    public string Commit => File.ReadAllText(At("commit")).Trim();

    public void Dispose() => folder.Dispose();

    private string At(string name) => Path.Combine(folder.Path, name);
}
