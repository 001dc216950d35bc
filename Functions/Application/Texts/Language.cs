using System.Globalization;

namespace Autopay.Application.Texts;

/// <summary>The languages in which customers are spoken to.</summary>
public enum Language
{
    English,
    Spanish,
}

public static class Languages
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es");

    extension(Language language)
    {
        /// <summary>As HTML and requests name it: <c>en</c>, <c>es</c>.</summary>
        public string Code => language == Language.Spanish ? "es" : "en";

        /// <summary>Whose words it has: names of days and months come from ICU.</summary>
        internal CultureInfo Culture => language == Language.Spanish ? Spanish : English;

        internal string DayPattern =>
            language == Language.Spanish ? "dddd d 'de' MMMM 'de' yyyy" : "dddd, MMMM d, yyyy";
    }

    /// <returns>Null for what is no code of a language.</returns>
    public static Language? Of(string code) =>
        code switch
        {
            "en" => Language.English,
            "es" => Language.Spanish,
            _ => null,
        };
}
