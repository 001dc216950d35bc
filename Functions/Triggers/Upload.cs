using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers;

/// <summary>An uploaded CSV file: streamed to a temporary file that vanishes when it is closed, never held in memory.</summary>
internal static class Upload
{
    private const int LongestName = 120;

    /// <exception cref="BadRequestException">Not CSV, encoded, or too large.</exception>
    public static async Task<FileStream> ToTempFileAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentType?.Split(';')[0].Trim() is not "text/csv" || request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadRequestException("Expected a body of type text/csv without content encoding.", StatusCodes.Status415UnsupportedMediaType);
        }

        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await CopyAsync(request, file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the sender calls the file; only ever shown, never used as a path.</summary>
    public static string NameOf(HttpRequest request)
    {
        var name = request.Query["name"].ToString();
        var shown = new string([.. name.Where(letter => !char.IsControl(letter) && letter is not ('\u202e' or '\u202d' or '/' or '\\')).Take(LongestName)]);
        return shown.Length == 0 ? "upload.csv" : shown;
    }

    private static async Task CopyAsync(HttpRequest request, FileStream file, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await HttpJson.ReadPartAsync(request, buffer, ImportReader.LargestFile)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            if (file.Length > ImportReader.LargestFile)
            {
                throw HttpJson.TooLarge(ImportReader.LargestFile);
            }
        }
    }
}
