using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Data;

/// <summary>Teaches a server database's queries <see cref="TextSearch.Contains"/>. Not as a function of the model with a translation of its own, for which EF can't
/// generate the model (ADR 3).</summary>
/// <param name="function">Tells where a text is found, counted from 1, or 0.</param>
/// <param name="wordsFirst">Whether its first argument is what is looked for.</param>
internal sealed class TextSearchTranslation(string function, bool wordsFirst) : IDbContextOptionsExtension
{
    /// <summary>strpos(lower(text), lower(words)) &gt; 0</summary>
    public static readonly TextSearchTranslation Postgres = new("strpos", wordsFirst: false);

    /// <summary>CHARINDEX(LOWER(words), LOWER(text)) &gt; 0</summary>
    public static readonly TextSearchTranslation SqlServer = new("CHARINDEX", wordsFirst: true);

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) =>
        services.AddScoped<IMethodCallTranslatorPlugin>(provider => new Plugin(provider.GetRequiredService<ISqlExpressionFactory>(), function, wordsFirst));

    public void Validate(IDbContextOptions options)
    {
        // nothing can be wrong
    }

    public void AddTo(DbContextOptionsBuilder builder) => ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(this);

    private sealed class Plugin(ISqlExpressionFactory sql, string function, bool wordsFirst) : IMethodCallTranslatorPlugin, IMethodCallTranslator
    {
        private static readonly MethodInfo Contains = ((Func<string?, string, bool>)TextSearch.Contains).Method;

        public IEnumerable<IMethodCallTranslator> Translators => [this];

        public SqlExpression? Translate(SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            if (method != Contains) return null;
            var (text, words) = (Lower(arguments[0]), Lower(arguments[1]));
            SqlExpression[] inOrder = wordsFirst ? [words, text] : [text, words];
            return sql.GreaterThan(sql.Function(function, inOrder, nullable: true, argumentsPropagateNullability: [true, true], typeof(int)), sql.Constant(0));
        }

        private SqlExpression Lower(SqlExpression text) => sql.Function("LOWER", [text], nullable: true, argumentsPropagateNullability: [true], typeof(string), text.TypeMapping);
    }

    private sealed class ExtensionInfo(TextSearchTranslation extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => Extension.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => ReferenceEquals(Extension, other.Extension);

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["TextSearch"] = ((TextSearchTranslation)Extension).ToString()!;
    }
}
