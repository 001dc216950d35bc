using System.Text.Json;

namespace Autopay.LocalHost.Local;

/// <summary>
/// The data folder belongs to one process at a time: the emulator would ruin it otherwise. The one that has it tells
/// the others where its emulator and sandbox listen. The system lets go of the claim of a process that is gone.
/// </summary>
internal sealed class LocalClaim : IDisposable
{
    private const string Running = "running.json";
    private readonly FileStream claim;
    private readonly string folder;

    private LocalClaim(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        claim = new FileStream($"{folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public static LocalClaim? TryTake(string folder)
    {
        try
        {
            return new LocalClaim(folder);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>What the process that has the folder told.</summary>
    public static IReadOnlyDictionary<string, string?> Read(string folder) =>
        File.Exists(Path.Combine(folder, Running))
            ? JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllText(Path.Combine(folder, Running)))!
            : throw new InvalidOperationException(
                $"The data in {folder} are in use by a process that is just starting; try again."
            );

    public void Tell(IReadOnlyDictionary<string, string?> settings) =>
        File.WriteAllText(Path.Combine(folder, Running), JsonSerializer.Serialize(settings));

    public void Dispose()
    {
        File.Delete(Path.Combine(folder, Running));
        claim.Dispose();
    }
}
