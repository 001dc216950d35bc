namespace Autopay.Tests.Fixtures;

internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("autopay-test-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
