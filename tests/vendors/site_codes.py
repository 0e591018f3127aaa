"""How the test site numbers its kinds of patients: what its copy of a layout in adapters.d/ says."""
CLASSES = {("310", "11"): "01", ("390", "16"): "02", ("310", "12"): "03", ("510", "11"): "04"}


def coded(member):
    return "".join(f'<code from="{number}" to="{pair[member]}"/>' for pair, number in CLASSES.items())


SITE = {'<codes name="scheme" otherwise="keep"><code from="0" to=""/></codes>': f'<codes name="scheme">{coded(0)}</codes>',
        '<codes name="person" otherwise="empty"><code from="0" to=""/></codes>': f'<codes name="person">{coded(1)}</codes>'}
