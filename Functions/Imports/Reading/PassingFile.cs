namespace Autopay.Imports.Reading;

/// <summary>A file on this machine's disk that is gone when it is closed.</summary>
public static class PassingFile
{
    private const int BufferSize = 1 << 16;

    public static FileStream Open() =>
        new(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferSize,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
}
