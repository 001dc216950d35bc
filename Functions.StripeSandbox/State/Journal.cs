using System.Text;
using System.Text.Json;
using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.State;

/// <summary>
/// One line a step: everything that one call or one bank answer changed, the stored answer of its idempotency key
/// included. A kill in the middle of a line loses that step as a whole, as if the call had never arrived.
/// </summary>
internal sealed class Journal : IChangeLog, IDisposable
{
    private readonly List<object[]> step = [];
    private readonly FileStream? file;

    public Journal(string? path, IReadOnlyDictionary<string, ITable> tables)
    {
        if (path is null)
        {
            return;
        }
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(Replay(file, tables));
        file.Seek(0, SeekOrigin.End);
    }

    public void Changed(string table, IRow row)
    {
        if (file is not null)
        {
            step.Add([table, row]);
        }
    }

    public void Commit()
    {
        if (step.Count == 0)
        {
            return;
        }
        file!.Write([.. JsonSerializer.SerializeToUtf8Bytes(step, Wire.Options), (byte)'\n']);
        file.Flush();
        step.Clear();
    }

    public void Dispose() => file?.Dispose();

    private static long Replay(FileStream file, IReadOnlyDictionary<string, ITable> tables)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var good = 0L;
        while (reader.ReadLine() is { } line && Apply(line, tables))
        {
            good += Encoding.UTF8.GetByteCount(line) + 1;
        }
        return Math.Min(good, file.Length);
    }

    private static bool Apply(string line, IReadOnlyDictionary<string, ITable> tables)
    {
        try
        {
            foreach (var change in JsonElement.Parse(line).EnumerateArray())
            {
                tables[change[0].GetString()!].Restore(change[1]);
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
