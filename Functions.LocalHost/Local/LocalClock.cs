using System.Globalization;

namespace Autopay.LocalHost.Local;

/// <summary>
/// Real time plus an offset, so that a city's past outage can be walked through. The offset is kept beside the data, so
/// that a killed app goes on at its own time.
/// </summary>
public sealed class LocalClock : TimeProvider
{
    private TimeSpan offset;
    private string? file;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    /// <exception cref="InvalidOperationException">Time would run backwards.</exception>
    public void MoveTo(DateTimeOffset now)
    {
        if (now < GetUtcNow())
        {
            throw new InvalidOperationException($"It is {GetUtcNow():u} already; the clock only moves forward.");
        }

        Start(now);
    }

    /// <summary>Takes up the offset that is kept in the file, and keeps later ones there.</summary>
    internal void KeepIn(string path)
    {
        file = path;
        if (File.Exists(path))
        {
            offset = TimeSpan.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        }
    }

    internal void Start(DateTimeOffset now)
    {
        offset = now - base.GetUtcNow();
        if (file is not null)
        {
            File.WriteAllText(file, offset.ToString("c", CultureInfo.InvariantCulture));
        }
    }
}
