using System.Globalization;
using Autopay.Application.Texts;

namespace Autopay.Hosting;

/// <summary>
/// The process has no culture of its own: files, amounts and dates are read and written alike on every machine. Only
/// sentences have a language, and their days need ICU.
/// </summary>
public static class Cultures
{
    // All letters that only ICU and the Spanish sentences can give.
    private static readonly DateOnly SampleDay = new(2020, 3, 4);
    private const string InWords = "miércoles 4 de marzo de 2020";

    /// <returns>Why customers cannot be spoken to in Spanish on this machine, one sentence; null when they can.
    /// </returns>
    public static string? Prepare()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        return WhyNot();
    }

    private static string? WhyNot()
    {
        try
        {
            return Words.Spanish.Day(SampleDay) == InWords && Words.SetOf(Language.Spanish) is not null
                ? null
                : "Spanish is not as it should be: install ICU (libicu), and deploy the folder 'es'.";
        }
        catch (Exception failure) when (failure is CultureNotFoundException or TypeInitializationException)
        {
            return "Spanish dates need ICU: install libicu, and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.";
        }
    }
}
