using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>What a normalizer does to the values of one column.</summary>
internal abstract class NormalizerFunction : ICanSaveModel
{
    /// <summary>A ValueGetter of the column's own type.</summary>
    public abstract Delegate GetGetter(DataViewRow input, DataViewSchema.Column column);

    public abstract void Save(ModelSaveContext ctx);

    /// <summary>What was learned, as users may read it.</summary>
    public virtual NormalizingTransformer.NormalizerModelParametersBase GetModelParameters() =>
        throw new NotSupportedException("This build of ML.NET shows the parameters of affine normalizers over all slots only.");

    /// <summary>Reads the function of a column of the given type.</summary>
    public static NormalizerFunction Load(ModelLoadContext ctx, DataViewType type) =>
        type.GetItemType() == NumberDataViewType.Single ? Load<float>(ctx, type) : Load<double>(ctx, type);

    private static NormalizerFunction Load<T>(ModelLoadContext ctx, DataViewType type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isVector = type is VectorDataViewType;
        int slotCount = type.GetValueCount();
        switch (ctx.LoaderSignature)
        {
            case AffineNormalizer.LoaderSignature:
                ctx.CheckAtModel(AffineNormalizer.Version);
                return AffineNormalizer<T>.Load(ctx, slotCount, isVector);
            case CdfNormalizer.LoaderSignature:
                ctx.CheckAtModel(CdfNormalizer.Version);
                return CdfNormalizer<T>.Load(ctx, slotCount, isVector);
            default:
                throw new NotSupportedException($"The model normalizes with a '{ctx.LoaderSignature}', which this build of ML.NET cannot load.");
        }
    }
}
