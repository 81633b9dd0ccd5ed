"""A form with one field of each kind."""

from django import forms


class EveryKindForm(forms.Form):
    title = forms.CharField(
        label="Title of the call", max_length=40, help_text="One sentence, without the name of the authority."
    )
    about = forms.CharField(label="Purpose", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    ceiling = forms.DecimalField(label="Ceiling", localize=True, help_text="Net of tax, in euros.")
    theme = forms.ChoiceField(label="Theme", choices=[("migration", "Migration"), ("participation", "Participation")])
    mode = forms.ChoiceField(
        label="Ceiling mode",
        choices=[("binding", "Public and binding"), ("hidden", "Hidden")],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label="Languages", choices=[("fr", "French"), ("en", "English")], widget=forms.CheckboxSelectMultiple
    )
    deadline = forms.SplitDateTimeField(label="Deadline", help_text="In the zone of the call.")
    interview = forms.DateField(label="Interview", required=False)
    honour = forms.BooleanField(label="I declare on my honour that none of the grounds for exclusion applies to me")
    annex = forms.FileField(label="Annex", required=False)
